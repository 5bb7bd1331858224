using System.Diagnostics;
using System.Globalization;
using CxrLab.Data;
using CxrLab.Models;
using CxrLab.Training;
using Device = TorchSharp.torch.Device;

namespace CxrLab.Cli.Training;

/// <summary>One call of <c>cxrlab train</c>, from index to run folder: what is the same whatever is learnt.</summary>
/// <typeparam name="TScores">What the model is judged by.</typeparam>
internal abstract class TrainJob<TScores>(RunConfig config, CxrIndex index, RunFolder folder, bool resume)
{
    private readonly FolderTraining training = new(config, folder, resume, TorchRuntime.BestDevice());

    /// <summary>The settings.</summary>
    protected RunConfig Config => config;

    /// <summary>All images.</summary>
    protected CxrIndex Index => index;

    /// <summary>Where the run is written.</summary>
    protected RunFolder Folder => folder;

    /// <summary>Where the models compute.</summary>
    protected Device Device { get; } = TorchRuntime.BestDevice();

    /// <summary>Trains, scores on patients whom the model never saw, and fills the folder.</summary>
    /// <returns>Exit code.</returns>
    internal int Run(SplitChoice choice, CancellationToken cancellation)
    {
        training.Prepare();
        Console.WriteLine(index);
        Console.WriteLine($"\n{config.Model}{(config.Head is null ? "" : $" with {config.Head} pooling")} at {config.ImageSize} px, loss {config.Loss}, {config.Trainer.Epochs} epochs, seed {config.Trainer.Seed}, split {config.Split}, on {Device.type.ToString().ToLowerInvariant()}");
        var clock = Stopwatch.StartNew();
        Report(choice.Split is { } split ? RunSplit(split, cancellation) : RunFolds(choice.Folds, cancellation));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{clock.Elapsed.TotalSeconds:F0} s; model and card in {folder.Path}"));
        return CommandLine.Done;
    }

    /// <summary>A line for every tenth epoch of a fold.</summary>
    protected static void ShowFold(int fold, int folds, EpochReport epoch)
    {
        if (epoch.Epoch == epoch.Epochs || epoch.Epoch % 10 == 0) Console.WriteLine($"  fold {fold}/{folds}  {epoch.Line}");
    }

    /// <summary>Scores of a trained model on the split's test part.</summary>
    protected abstract TScores Score(CxrModel model, PatientSplit split, CancellationToken cancellation);

    /// <summary>Trains a model per fold and scores all images, each by the model that had not seen its patient.</summary>
    protected abstract TScores ScoreOutOfFold(int folds, CancellationToken cancellation);

    /// <summary>Prints the scores and writes them with the card.</summary>
    protected abstract void Report(TScores scores);

    private TScores RunSplit(PatientSplit split, CancellationToken cancellation)
    {
        if (split.Test.Count == 0) throw new UsageException($"--split {config.Split} leaves no patient to test on.");
        folder.Begin(config, split.Parts);
        Console.WriteLine(split);
        using CxrModel model = training.Train(split.Train, split.Validation, cancellation);
        return Score(model, split, cancellation);
    }

    // A fold's own model isn't kept: its answers are the proof, and the model on all images is what one predicts with.
    private TScores RunFolds(int folds, CancellationToken cancellation)
    {
        folder.Begin(config, Enumerable.Range(1, folds).Select(fold => ($"fold {fold}", index.PatientFold(config.Trainer.Seed, fold, folds).Test)));
        Console.WriteLine($"\nout of fold, {folds} patient folds:");
        TScores scores = ScoreOutOfFold(folds, cancellation);
        Console.WriteLine("\none model on all images, for prediction:");
        training.Train(index, null, cancellation).Dispose();
        return scores;
    }
}
