using CxrLab.Data;
using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Training;

/// <summary>Trains one model per patient fold and pools what each says about the patients that it never saw.</summary>
public static class CrossValidation
{
    /// <param name="config">How each fold is trained; the seed moves on by one per fold.</param>
    /// <param name="index">All images.</param>
    /// <param name="folds">Number of patient folds.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="report">Called after every epoch with fold and report.</param>
    /// <param name="cancellation">Stops at the next batch.</param>
    /// <returns>One probability per image, in the index's order, each from a model that saw no image of its patient; and the fold of each image, from 1.</returns>
    public static (Predictions Predictions, int[] FoldOf) Run(
        RunConfig config, CxrIndex index, int folds, Device device, Action<int, EpochReport>? report = null, CancellationToken cancellation = default)
    {
        var table = new double[index.Count, config.Labels.Count];
        var foldOf = new int[index.Count];
        Dictionary<string, int> row = index.Records.Select((record, i) => (record.ImageId, i)).ToDictionary(pair => pair.ImageId, pair => pair.i, StringComparer.Ordinal);
        for (int fold = 1; fold <= folds; fold++)
        {
            PatientSplit split = index.PatientFold(config.Trainer.Seed, fold, folds);
            RunConfig own = config with { Trainer = config.Trainer with { Seed = config.Trainer.Seed + fold } };
            using CxrModel model = own.StartModel();
            using (var trainer = new Trainer(model, own.CreateLoss(split.Train), own.TrainLoader(split.Train), null, own.Trainer, device))
                foreach (EpochReport epoch in trainer.Run(cancellation)) report?.Invoke(fold, epoch);
            Predictions part = Inference.Predict(model, own.EvaluationLoader(split.Test), device, cancellation: cancellation);
            for (int i = 0; i < part.Images.Count; i++)
            {
                foldOf[row[part.Images[i]]] = fold;
                for (int k = 0; k < config.Labels.Count; k++) table[row[part.Images[i]], k] = part.Probabilities[i, k];
            }
        }

        return (new Predictions(config.LabelSet, [.. index.Records.Select(record => record.ImageId)], [.. index.Records.Select(record => record.PatientId)], table), foldOf);
    }
}
