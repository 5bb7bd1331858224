using System.Globalization;
using CxrLab.Data;
using CxrLab.Models;
using CxrLab.Training;
using Outlines = System.Collections.Generic.List<(CxrLab.Training.SegmentedImage Image, bool[] Blind)>;

namespace CxrLab.Cli.Training;

/// <summary><c>cxrlab train --task segment</c>: the lungs' outline, judged by its Dice.</summary>
internal sealed class SegmentJob(RunConfig config, CxrIndex index, RunFolder folder, bool resume) : TrainJob<Outlines>(config, index, folder, resume)
{
    protected override Outlines Score(CxrModel model, PatientSplit split, CancellationToken cancellation)
    {
        bool[] blind = MeanMask.Of(Config.EvaluationLoader(split.Train), cancellation);
        return [.. Segmentation.Predict(model, Config.EvaluationLoader(split.Test), Device, cancellation: cancellation).Select(image => (image, blind))];
    }

    protected override Outlines ScoreOutOfFold(int folds, CancellationToken cancellation)
    {
        Outlines outlines = [];
        for (int fold = 1; fold <= folds; fold++)
        {
            PatientSplit split = Index.PatientFold(Config.Trainer.Seed, fold, folds);
            RunConfig own = Config with { Trainer = Config.Trainer with { Seed = Config.Trainer.Seed + fold } };
            using CxrModel model = own.StartModel();
            using (var trainer = new Trainer(model, own.CreateLoss(split.Train), own.TrainLoader(split.Train), null, own.Trainer, Device))
                foreach (EpochReport epoch in trainer.Run(cancellation)) ShowFold(fold, folds, epoch);
            outlines.AddRange(Score(model, split, cancellation));
        }

        return outlines;
    }

    protected override void Report(Outlines outlines)
    {
        SegmentationScores scores = SegmentationScores.Compute(outlines, Config.Trainer.Seed);
        Console.WriteLine($"\n{scores}\nworst: {string.Join(", ", scores.WorstFirst.Take(3).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Image} {one.Dice:F3}")))}");
        scores.Save(Folder.Predictions);
        MaskFiles.Write(outlines.Select(one => one.Image), Folder.Masks);
        SegmentCard.Write(Folder, Config, Index, scores, [.. outlines.Select(one => one.Image)]);
    }
}
