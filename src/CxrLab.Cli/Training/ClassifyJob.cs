using CxrLab.Data;
using CxrLab.Models;
using CxrLab.Training;

namespace CxrLab.Cli.Training;

/// <summary><c>cxrlab train --task classify</c>: findings of the whole image, judged by their AUROC.</summary>
internal sealed class ClassifyJob(RunConfig config, CxrIndex index, RunFolder folder, bool resume) : TrainJob<ScoreTable>(config, index, folder, resume)
{
    protected override ScoreTable Score(CxrModel model, PatientSplit split, CancellationToken cancellation)
    {
        Predictions predictions = Inference.Predict(model, Config.EvaluationLoader(split.Test), Device, cancellation: cancellation);
        predictions.Save(Folder.Predictions);
        return ScoreTable.Compute(split.Test, predictions, null, Config.Trainer.Seed);
    }

    protected override ScoreTable ScoreOutOfFold(int folds, CancellationToken cancellation)
    {
        (Predictions predictions, int[] foldOf) = CrossValidation.Run(Config, Index, folds, Device, (fold, epoch) => ShowFold(fold, folds, epoch), cancellation);
        predictions.Save(Folder.Predictions);
        return ScoreTable.Compute(Index, predictions, foldOf, Config.Trainer.Seed);
    }

    protected override void Report(ScoreTable scores)
    {
        scores.Print();
        ModelCard.Write(Folder, Config, Index, scores);
    }
}
