using System.CommandLine;
using System.Globalization;
using CxrLab.Cli.Training;
using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Losses;
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
        var task = new Option<LearningTask>("--task") { Description = "classify (findings) or segment (the lungs' outline, from a data set with lung masks).", DefaultValueFactory = _ => LearningTask.Classify };
        var model = new Option<string?>("--model") { Description = $"Network: {string.Join(", ", ModelCatalog.Names)}; to segment: {string.Join(", ", ModelCatalog.Segmenters)}. {Defaults(one => one.Model)}" };
        var head = new Option<string?>("--head") { Description = $"Pooling head in place of the classifier's own last layer: {string.Join(", ", HeadCatalog.Names)}." };
        var widths = new Option<string?>("--widths") { Description = $"Channels of the U-Net's levels from the finest, joined by commas; {string.Join(",", TrainDefaults.Segment.Widths!)} where not given." };
        var loss = new Option<string?>("--loss") { Description = $"{string.Join(", ", ClassificationLosses.Names)}; to segment: {string.Join(", ", SegmentationLosses.Names)}; parameters behind a colon, such as focal:gamma=1,alpha=0.5 (an unknown one is answered with the list). {Defaults(one => one.Loss)}" };
        var size = new Option<int?>("--size") { Description = $"Rows and columns of the images. {Defaults(one => one.ImageSize)}" };
        var epochs = new Option<int?>("--epochs") { Description = $"Passes over the training images. {Defaults(one => one.Epochs)}" };
        var batch = new Option<int?>("--batch") { Description = $"Images per step. {Defaults(one => one.BatchSize)}" };
        var rate = new Option<double?>("--rate") { Description = $"Peak learning rate. {Defaults(one => one.LearningRate)}" };
        var seed = new Option<int>("--seed") { Description = "Seed of split, weights, order and augmentation.", DefaultValueFactory = _ => 7 };
        var split = new Option<string>("--split")
        {
            Description = "patient:SEED, patient:SEED:FOLD/K, official, or folds:K (K patient folds scored out of fold, then one model on all images). Default: folds:5 up to 5,000 images, else patient:SEED; to segment always patient:SEED, without a validation part.",
        };
        var resume = new Option<bool>("--resume") { Description = "Go on with the run in --out after its last whole epoch." };
        var command = new Command("train", "Train a model on a data set and report its AUROC (or the Dice of its outlines) with a patient interval, beside blind baselines.")
        {
            target, task, labels, positive, model, head, widths, loss, size, epochs, batch, rate, seed, split, resume,
        };
        var teaching = new LabelArguments();
        source.AddTo(command);
        teaching.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            if (parsed.GetValue(positive) is not null && parsed.GetValue(labels) is not null)
                throw new UsageException("--positive and --labels can't go together: the one sets a finding against No Finding, the other chooses several.");
            LearningTask learnt = parsed.GetValue(task);
            TrainDefaults usual = TrainDefaults.Of(learnt);
            if (learnt == LearningTask.Segment && (parsed.GetValue(positive) ?? parsed.GetValue(labels)) is not null)
                throw new UsageException("--positive and --labels choose findings; --task segment learns the lungs' outline.");
            string network = parsed.GetValue(model) ?? usual.Model;
            IReadOnlyList<string> fitting = learnt == LearningTask.Segment ? ModelCatalog.Segmenters : ModelCatalog.Names;
            if (!fitting.Contains(network)) throw new UsageException($"--model {network} can't {learnt.ToString().ToLowerInvariant()}; there are: {string.Join(", ", fitting)}.");
            if (parsed.GetValue(head) is { } pooling && (learnt == LearningTask.Segment || !HeadCatalog.Names.Contains(pooling)))
                throw new UsageException($"--head {pooling}: classifiers have {string.Join(", ", HeadCatalog.Names)}; segmenters have no pooling.");
            CxrIndex read = source.Read(parsed, ImageRule.Required);
            CxrIndex index = learnt == LearningTask.Segment ? Outlined(read) : Select(read, parsed.GetValue(positive), parsed.GetValue(labels));
            var config = new RunConfig
            {
                Dataset = parsed.GetRequiredValue(source.Dataset),
                Task = learnt,
                Labels = learnt == LearningTask.Segment ? ["Lungs"] : [.. index.Labels],
                AgainstNoFinding = parsed.GetValue(positive) is not null,
                Model = network,
                Head = parsed.GetValue(head),
                Widths = Numbers(parsed.GetValue(widths)) ?? usual.Widths,
                Loss = parsed.GetValue(loss) ?? usual.Loss,
                ImageSize = parsed.GetValue(size) ?? usual.ImageSize,
                BatchSize = parsed.GetValue(batch) ?? usual.BatchSize,
                Augmentation = usual.Augmentation,
                Split = parsed.GetValue(split) ?? (learnt == LearningTask.Segment ? string.Create(CultureInfo.InvariantCulture, $"patient:{parsed.GetValue(seed)}") : SplitChoice.Default(index, parsed.GetValue(seed))),
                Trainer = new TrainerOptions { Epochs = parsed.GetValue(epochs) ?? usual.Epochs, LearningRate = parsed.GetValue(rate) ?? usual.LearningRate, Seed = parsed.GetValue(seed) },
            };
            config = teaching.Apply(config, parsed);
            SplitChoice choice = SplitChoice.Parse(config.Split, index, source.Set(parsed), parsed.GetRequiredValue(source.Root), usual.Validation);
            var folder = new RunFolder(parsed.GetRequiredValue(target));
            return learnt == LearningTask.Segment
                ? new SegmentJob(config, index, folder, parsed.GetValue(resume)).Run(choice, cancellation)
                : new ClassifyJob(config, index, folder, parsed.GetValue(resume)).Run(choice, cancellation);
        })));
        return command;
    }

    private static string Defaults<T>(Func<TrainDefaults, T> value) =>
        string.Create(CultureInfo.InvariantCulture, $"Default: {value(TrainDefaults.Classify)}, to segment {value(TrainDefaults.Segment)}.");

    private static int[]? Numbers(string? text)
    {
        if (text is null) return null;
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? [.. parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture))]
            : throw new UsageException($"--widths {text}: expected whole numbers joined by commas, such as 16,32,64,128.");
    }

    private static CxrIndex Outlined(CxrIndex index)
    {
        CxrIndex outlined = index.WithLungMasks();
        return outlined.Count > 0 ? outlined : throw new UsageException($"{index.Name} has no image whose lungs are outlined here; --task segment needs lung masks, as in {MaskPairs.Name}, {Montgomery.Name} and {LungSegmentation.Name}.");
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

/// <summary>Settings that worked on real radiographs within minutes on two cores: on 707 with findings, and on 85 with lung masks.</summary>
internal sealed record TrainDefaults(string Model, string Loss, int ImageSize, int Epochs, int BatchSize, double LearningRate, Augmentation Augmentation, double Validation)
{
    /// <summary>
    /// Channels of the U-Net; null for classifiers. One level more than <see cref="UNet.DefaultWidths"/>: lungs white with disease are outlined by
    /// what lies far from them, and a coarsest map of 16 × 16 pixels can't join up the picture.
    /// </summary>
    internal IReadOnlyList<int>? Widths { get; init; }

    internal static readonly TrainDefaults Classify = new("cxrnet", "bce", 64, 20, 32, 3e-3, Augmentation.Affine, Validation: 0.1);

    internal static readonly TrainDefaults Segment = new("unet", "bce-dice", 128, 100, 8, 2e-3, Augmentation.Outline, Validation: 0) { Widths = [16, 32, 64, 128, 128] };

    internal static TrainDefaults Of(LearningTask task) => task == LearningTask.Segment ? Segment : Classify;
}
