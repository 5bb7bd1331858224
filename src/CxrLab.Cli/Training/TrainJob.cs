using System.Diagnostics;
using System.Globalization;
using CxrLab.Data;
using CxrLab.Models;
using CxrLab.Training;
using Device = TorchSharp.torch.Device;

namespace CxrLab.Cli.Training;

/// <summary>One call of <c>cxrlab train</c>, from index to run folder.</summary>
internal sealed class TrainJob(RunConfig config, CxrIndex index, RunFolder folder, bool resume)
{
    private readonly Device device = TorchRuntime.BestDevice();
    private readonly FolderTraining training = new(config, folder, resume, TorchRuntime.BestDevice());

    internal int Run(SplitChoice choice, CancellationToken cancellation)
    {
        training.Prepare();
        Console.WriteLine(index);
        Console.WriteLine($"\n{config.Model}{(config.Head is null ? "" : $" with {config.Head} pooling")} at {config.ImageSize} px, {config.Trainer.Epochs} epochs, seed {config.Trainer.Seed}, split {config.Split}, on {device.type.ToString().ToLowerInvariant()}");
        var clock = Stopwatch.StartNew();
        ScoreTable table = choice.Split is { } split ? RunSplit(split, cancellation) : RunFolds(choice.Folds, cancellation);
        table.Print();
        ModelCard.Write(folder, config, index, table);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{clock.Elapsed.TotalSeconds:F0} s; model and card in {folder.Path}"));
        return CommandLine.Done;
    }

    private ScoreTable RunFolds(int folds, CancellationToken cancellation)
    {
        folder.Begin(config, Enumerable.Range(1, folds).Select(fold => ($"fold {fold}", index.PatientFold(config.Trainer.Seed, fold, folds).Test)));
        Console.WriteLine($"\nout of fold, {folds} patient folds:");
        (Predictions predictions, int[] foldOf) = CrossValidation.Run(config, index, folds, device,
            (fold, epoch) => { if (epoch.Epoch == epoch.Epochs || epoch.Epoch % 10 == 0) Console.WriteLine($"  fold {fold}/{folds}  {epoch.Line}"); }, cancellation);
        predictions.Save(folder.Predictions);
        Console.WriteLine("\none model on all images, for prediction:");
        training.Train(index, null, cancellation).Dispose();
        return ScoreTable.Compute(index, predictions, foldOf, config.Trainer.Seed);
    }

    private ScoreTable RunSplit(PatientSplit split, CancellationToken cancellation)
    {
        folder.Begin(config, split.Parts);
        Console.WriteLine(split);
        using CxrModel model = training.Train(split.Train, split.Validation, cancellation);
        Predictions predictions = Inference.Predict(model, config.EvaluationLoader(split.Test), device, cancellation: cancellation);
        predictions.Save(folder.Predictions);
        return ScoreTable.Compute(split.Test, predictions, null, config.Trainer.Seed);
    }
}
