using System.Diagnostics;
using System.Globalization;
using CxrLab.Data;
using CxrLab.Models;
using CxrLab.Training;
using Device = TorchSharp.torch.Device;

namespace CxrLab.Cli.Training;

/// <summary>One call of <c>cxrlab train --task segment</c>, from index to run folder.</summary>
internal sealed class SegmentJob(RunConfig config, CxrIndex index, RunFolder folder, bool resume)
{
    private readonly Device device = TorchRuntime.BestDevice();
    private readonly FolderTraining training = new(config, folder, resume, TorchRuntime.BestDevice());

    internal int Run(SplitChoice choice, CancellationToken cancellation)
    {
        training.Prepare();
        Console.WriteLine(index);
        Console.WriteLine($"\n{config.Model} at {config.ImageSize} px, loss {config.Loss}, {config.Trainer.Epochs} epochs, seed {config.Trainer.Seed}, split {config.Split}, on {device.type.ToString().ToLowerInvariant()}");
        var clock = Stopwatch.StartNew();
        List<(SegmentedImage Image, bool[] Blind)> outlines = choice.Split is { } split ? RunSplit(split, cancellation) : RunFolds(choice.Folds, cancellation);
        SegmentationScores scores = SegmentationScores.Compute(outlines, config.Trainer.Seed);
        Console.WriteLine($"\n{scores}\nworst: {string.Join(", ", scores.WorstFirst.Take(3).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Image} {one.Dice:F3}")))}");
        scores.Save(folder.Predictions);
        MaskFiles.Write(outlines.Select(one => one.Image), folder.Masks);
        SegmentCard.Write(folder, config, index, scores, [.. outlines.Select(one => one.Image)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{clock.Elapsed.TotalSeconds:F0} s; model, outlines and card in {folder.Path}"));
        return CommandLine.Done;
    }

    private List<(SegmentedImage Image, bool[] Blind)> RunSplit(PatientSplit split, CancellationToken cancellation)
    {
        if (split.Test.Count == 0) throw new UsageException($"--split {config.Split} leaves no patient to test on.");
        folder.Begin(config, split.Parts);
        Console.WriteLine(split);
        using CxrModel model = training.Train(split.Train, split.Validation, cancellation);
        return Outline(model, split, cancellation);
    }

    // A fold's own model isn't kept: its outlines are the proof, and the model on all images is what one predicts with.
    private List<(SegmentedImage Image, bool[] Blind)> RunFolds(int folds, CancellationToken cancellation)
    {
        folder.Begin(config, Enumerable.Range(1, folds).Select(fold => ($"fold {fold}", index.PatientFold(config.Trainer.Seed, fold, folds).Test)));
        Console.WriteLine($"\nout of fold, {folds} patient folds:");
        var outlines = new List<(SegmentedImage, bool[])>();
        for (int fold = 1; fold <= folds; fold++)
        {
            PatientSplit split = index.PatientFold(config.Trainer.Seed, fold, folds);
            RunConfig own = config with { Trainer = config.Trainer with { Seed = config.Trainer.Seed + fold } };
            using CxrModel model = own.CreateModel();
            using (var trainer = new Trainer(model, own.CreateLoss(split.Train), own.TrainLoader(split.Train), null, own.Trainer, device))
                Console.WriteLine($"  fold {fold}/{folds}  {trainer.Run(cancellation).Last().Line}");
            outlines.AddRange(Outline(model, split, cancellation));
        }

        Console.WriteLine("\none model on all images, for prediction:");
        training.Train(index, null, cancellation).Dispose();
        return outlines;
    }

    private List<(SegmentedImage Image, bool[] Blind)> Outline(CxrModel model, PatientSplit split, CancellationToken cancellation)
    {
        bool[] blind = MeanMask.Of(config.EvaluationLoader(split.Train), cancellation);
        return [.. Segmentation.Predict(model, config.EvaluationLoader(split.Test), device, cancellation: cancellation).Select(image => (image, blind))];
    }
}
