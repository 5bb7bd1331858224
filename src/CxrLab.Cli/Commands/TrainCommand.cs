using System.CommandLine;
using CxrLab.Cli.Training;
using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Models;
using CxrLab.Training;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab train</c>: from a folder of X-rays to a model, a score with its interval, and the baselines beside it.</summary>
internal static class TrainCommand
{
    internal static Command Create()
    {
        var source = new DatasetArguments();
        var target = new Option<string>("--out") { Description = "Run folder to write.", Required = true };
        var labels = new Option<string?>("--labels") { Description = "Findings to learn, joined by commas; all of the data set where not given." };
        var positive = new Option<string?>("--positive") { Description = "One finding, set against images with no finding at all; other images are left out and counted." };
        var model = new Option<string>("--model") { Description = $"Network: {string.Join(", ", ModelCatalog.Names)}.", DefaultValueFactory = _ => "cxrnet" };
        var loss = new Option<string>("--loss") { Description = "bce, chexnet or wang.", DefaultValueFactory = _ => "bce" };
        var size = new Option<int>("--size") { Description = "Rows and columns of the images.", DefaultValueFactory = _ => TrainDefaults.ImageSize };
        var epochs = new Option<int>("--epochs") { Description = "Passes over the training images.", DefaultValueFactory = _ => TrainDefaults.Epochs };
        var batch = new Option<int>("--batch") { Description = "Images per step.", DefaultValueFactory = _ => TrainDefaults.BatchSize };
        var rate = new Option<double>("--rate") { Description = "Peak learning rate.", DefaultValueFactory = _ => TrainDefaults.LearningRate };
        var seed = new Option<int>("--seed") { Description = "Seed of split, weights, order and augmentation.", DefaultValueFactory = _ => 7 };
        var split = new Option<string>("--split")
        {
            Description = "patient:SEED, patient:SEED:FOLD/K, official, or folds:K (K patient folds scored out of fold, then one model on all images). Default: folds:5 up to 5,000 images, else patient:SEED.",
        };
        var resume = new Option<bool>("--resume") { Description = "Go on with the run in --out after its last whole epoch." };
        var command = new Command("train", "Train a model on a data set and report its AUROC with a patient interval, beside blind baselines.")
        {
            target, labels, positive, model, loss, size, epochs, batch, rate, seed, split, resume,
        };
        source.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            if (parsed.GetValue(positive) is not null && parsed.GetValue(labels) is not null)
                throw new UsageException("--positive and --labels can't go together: the one sets a finding against No Finding, the other chooses several.");
            CxrIndex index = Select(source.Read(parsed, ImageRule.Required), parsed.GetValue(positive), parsed.GetValue(labels));
            var config = new RunConfig
            {
                Dataset = parsed.GetRequiredValue(source.Dataset),
                Labels = [.. index.Labels],
                AgainstNoFinding = parsed.GetValue(positive) is not null,
                Model = parsed.GetRequiredValue(model),
                Loss = parsed.GetRequiredValue(loss),
                ImageSize = parsed.GetValue(size),
                BatchSize = parsed.GetValue(batch),
                Augmentation = TrainDefaults.Augmentation,
                Split = parsed.GetValue(split) ?? SplitChoice.Default(index, parsed.GetValue(seed)),
                Trainer = new TrainerOptions { Epochs = parsed.GetValue(epochs), LearningRate = parsed.GetValue(rate), Seed = parsed.GetValue(seed) },
            };
            SplitChoice choice = SplitChoice.Parse(config.Split, index, source.Set(parsed), parsed.GetRequiredValue(source.Root));
            return new TrainJob(config, index, new RunFolder(parsed.GetRequiredValue(target)), parsed.GetValue(resume)).Run(choice, cancellation);
        })));
        return command;
    }

    private static CxrIndex Select(CxrIndex index, string? positive, string? labels)
    {
        if (positive is not null)
            return index.Labels.Contains(positive) ? index.AgainstNoFinding(positive) : throw new UsageException($"--positive {positive}: the data set has {index.Labels}.");
        if (labels is null) return index;
        string[] names = labels.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] unknown = [.. names.Where(name => !index.Labels.Contains(name))];
        return unknown.Length == 0 ? index.Relabel(new LabelSet(names)) : throw new UsageException($"--labels {string.Join(", ", unknown)}: the data set has {index.Labels}.");
    }
}

/// <summary>Settings that worked on 707 real radiographs within minutes on two cores.</summary>
internal static class TrainDefaults
{
    internal const int Epochs = 20, BatchSize = 32, ImageSize = 64;
    internal const double LearningRate = 3e-3;

    internal static readonly Augmentation Augmentation = Augmentation.Affine;
}
