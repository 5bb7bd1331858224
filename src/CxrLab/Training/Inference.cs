using CxrLab.Data;
using CxrLab.Losses;
using CxrLab.Metrics;
using CxrLab.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrLab.Training;

/// <summary>Runs a trained model over a loader, without gradients and in evaluation mode.</summary>
public static class Inference
{
    /// <summary>Probabilities for every image of the loader's index, in its order of serving.</summary>
    /// <param name="model">Left in evaluation mode, on <paramref name="device"/>.</param>
    /// <param name="loader">Not shuffled and not augmented, else the answer would be another one each time.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="progress">Called after every batch with the share done.</param>
    /// <param name="cancellation">Stops at the next batch.</param>
    /// <exception cref="ArgumentException">The loader shuffles or augments.</exception>
    public static Predictions Predict(
        CxrModel model, BatchLoader loader, Device device, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        var rows = new List<float[]>(loader.Index.Count);
        int done = 0;
        CheckPlain(loader);
        foreach ((Batch batch, float[] probabilities) in Probabilities(model, loader, device, null, null, cancellation))
        {
            rows.AddRange(probabilities.Chunk(model.Labels.Count));
            progress?.Invoke((double)++done / loader.BatchCount);
        }

        return Table(model, loader, rows);
    }

    /// <summary>
    /// Probabilities of several views of every image: first the image itself, then seeded changes (test-time augmentation, multi-crop). Each view is a member
    /// for an ensemble; their mean costs as many forward passes as there are views.
    /// </summary>
    /// <param name="model">Left in evaluation mode, on <paramref name="device"/>.</param>
    /// <param name="index">The images.</param>
    /// <param name="options">As for plain prediction; seed and augmentation are set here.</param>
    /// <param name="changes">What a view may change, such as shift and scale, which crop.</param>
    /// <param name="views">At least one.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="seed">The same seed gives the same views.</param>
    /// <param name="cancellation">Stops at the next batch.</param>
    /// <returns>Name and predictions of each view.</returns>
    /// <exception cref="ArgumentException">The options shuffle.</exception>
    public static IReadOnlyList<(string Name, Predictions Predictions)> PredictViews(
        CxrModel model, CxrIndex index, LoaderOptions options, Imaging.Augmentation changes, int views, Device device, int seed = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(views, 1);
        if (options.Shuffle) throw new ArgumentException("Prediction needs options that don't shuffle.", nameof(options));
        var plain = new BatchLoader(index, options with { Augmentation = Imaging.Augmentation.None });
        var changed = new BatchLoader(index, options with { Augmentation = changes, Seed = seed });
        var all = new List<(string, Predictions)>();
        for (int view = 0; view < views; view++)
        {
            BatchLoader loader = view == 0 ? plain : changed;
            var rows = new List<float[]>(index.Count);
            foreach ((_, float[] probabilities) in Probabilities(model, loader, device, null, null, cancellation, epoch: view)) rows.AddRange(probabilities.Chunk(model.Labels.Count));
            all.Add((view == 0 ? "as it is" : $"view {view}", Table(model, loader, rows)));
        }

        return all;
    }

    private static Predictions Table(CxrModel model, BatchLoader loader, List<float[]> rows)
    {
        var table = new double[rows.Count, model.Labels.Count];
        for (int i = 0; i < rows.Count; i++)
            for (int k = 0; k < model.Labels.Count; k++) table[i, k] = rows[i][k];
        return new Predictions(model.Labels, [.. loader.Index.Records.Select(record => record.ImageId)], [.. loader.Index.Records.Select(record => record.PatientId)], table);
    }

    /// <summary>Mean loss, and mean AUROC over the findings of which both kinds occur (null where there is none).</summary>
    internal static (double Loss, double? Auroc) Evaluate(CxrModel model, BatchLoader loader, ILoss loss, Device device, CancellationToken cancellation)
    {
        double sum = 0;
        int images = 0;
        CheckPlain(loader);
        var scores = new List<float[]>();
        var records = new List<CxrRecord>();
        void Add(Batch batch, double value) { sum += value * batch.Records.Count; images += batch.Records.Count; }
        foreach ((Batch batch, float[] probabilities) in Probabilities(model, loader, device, loss, Add, cancellation))
        {
            scores.AddRange(probabilities.Chunk(model.Labels.Count));
            records.AddRange(batch.Records);
        }

        var aurocs = new List<double>();
        for (int k = 0; k < model.Labels.Count; k++)
        {
            int column = k;
            int[] known = [.. Enumerable.Range(0, records.Count).Where(i => records[i].Labels[column] is LabelState.Positive or LabelState.Negative)];
            double auroc = Auroc.Compute([.. known.Select(i => (double)scores[i][column])], [.. known.Select(i => records[i].Labels[column] == LabelState.Positive)]);
            if (!double.IsNaN(auroc)) aurocs.Add(auroc);
        }

        return (sum / images, aurocs.Count > 0 ? aurocs.Average() : null);
    }

    private static IEnumerable<(Batch Batch, float[] Probabilities)> Probabilities(
        CxrModel model, BatchLoader loader, Device device, ILoss? loss, Action<Batch, double>? onLoss, CancellationToken cancellation, int epoch = 0)
    {
        model.to(device);
        model.eval();
        foreach (Batch batch in loader.Epoch(epoch, cancellation))
        {
            using (batch) yield return (batch, Run(model, batch, device, loss, onLoss));
        }
    }

    internal static void CheckPlain(BatchLoader loader)
    {
        if (loader.Options.Shuffle || loader.Options.Augmentation != Imaging.Augmentation.None)
            throw new ArgumentException("Prediction needs a loader that neither shuffles nor augments.", nameof(loader));
    }

    private static float[] Run(CxrModel model, Batch batch, Device device, ILoss? loss, Action<Batch, double>? onLoss)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor output = model.TrainingOutput(batch.Images.to(device)), logits = model.ToLogits(output); // [B, K]
        if (loss is not null) onLoss!(batch, loss.Compute(output, batch.Targets.to(device), batch.Known.to(device)).item<float>());
        return logits.sigmoid().cpu().data<float>().ToArray();
    }
}
