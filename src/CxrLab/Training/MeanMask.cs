using CxrLab.Data;

namespace CxrLab.Training;

/// <summary>The blind baseline of segmentation: the same outline for everybody, from the training part alone.</summary>
public static class MeanMask
{
    /// <summary>Where more than half of the training masks have lung.</summary>
    /// <param name="loader">The training part with lung masks; neither shuffled nor augmented.</param>
    /// <param name="cancellation">Stops at the next batch.</param>
    /// <returns>[S·S] at the loader's size.</returns>
    public static bool[] Of(BatchLoader loader, CancellationToken cancellation = default)
    {
        Inference.CheckPlain(loader);
        int area = loader.Options.ImageSize * loader.Options.ImageSize;
        var sum = new double[area];
        foreach (Batch batch in loader.Epoch(0, cancellation))
        {
            using (batch)
            {
                if (batch.LungMasks is null) throw new ArgumentException("The mean of the masks needs a loader with lung masks.", nameof(loader));
                float[] masks = [.. batch.LungMasks.data<float>()];
                for (int i = 0; i < masks.Length; i++) sum[i % area] += masks[i];
            }
        }

        return Array.ConvertAll(sum, value => value > loader.Index.Count / 2.0);
    }
}
