using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>How the logit changes when pixels are removed and debiased.</summary>
/// <param name="Percentiles">As asked.</param>
/// <param name="MostRelevant">Logit after minus before, where the pixels above each percentile of the map were removed.</param>
/// <param name="LeastRelevant">The same where the least relevant pixels were removed.</param>
public sealed record RoadResult(IReadOnlyList<double> Percentiles, IReadOnlyList<double> MostRelevant, IReadOnlyList<double> LeastRelevant)
{
    /// <summary>Half the difference of the two means; above 0 the map knows what matters.</summary>
    public double Combined => (LeastRelevant.Average() - MostRelevant.Average()) / 2;
}

/// <summary>
/// ROAD, remove and debias (Rong et al., ICML 2022): pixels are removed by a map's percentiles and filled from their neighbours with a
/// little noise, so that the hole itself says nothing. pytorch-grad-cam's rule: pixels at or above the percentile go.
/// </summary>
public sealed record Road
{
    /// <summary>Percentiles in (0, 100): 80 removes the top 20 %.</summary>
    public IReadOnlyList<double> Percentiles { get; init; } = [10, 20, 30, 40, 50, 60, 70, 80, 90];

    /// <summary>Standard deviation of the noise, in units of the prepared image.</summary>
    public double Noise { get; init; } = 0.01;

    /// <summary>Seed of the noise.</summary>
    public int Seed { get; init; }

    /// <summary>The check on one image.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="image">[C, H, W] or [1, C, H, W], prepared as for the model.</param>
    /// <param name="map">A map of one of the model's findings at any size; it is enlarged to the image.</param>
    public RoadResult Compute(CxrModel model, Tensor image, Heatmap map)
    {
        if (Percentiles.Count == 0 || Percentiles.Any(one => one is not (> 0 and < 100))) throw new ArgumentException($"ROAD needs percentiles in (0, 100); got {string.Join(", ", Percentiles)}.");
        using var scope = NewDisposeScope();
        using var mode = new EvalMode(model);
        Tensor one = OneImage.Of(model, image);                                           // [1, C, H, W]
        int k = model.Labels.IndexOf(map.Finding);
        double[] evidence = [.. PixelOrder.InSizeOf(one, map).Values.Cast<float>().Select(value => (double)value)];
        Tensor[] most = [.. Percentiles.Select(percentile => Without(one, AtLeast(evidence, percentile)))];
        double[] turned = [.. evidence.Select(value => -value)];
        Tensor[] least = [.. Percentiles.Select(percentile => Without(one, AtLeast(turned, percentile)))];
        Tensor[] all = [one, .. most, .. least];
        double[] logits = [.. Perturbed.Logits(model, all.Length, (from, count) => cat([.. all.Skip(from).Take(count)], 0)).select(1, k).to_type(ScalarType.Float64).cpu().contiguous().data<double>()];
        return new(Percentiles, [.. logits.Skip(1).Take(most.Length).Select(logit => logit - logits[0])], [.. logits.Skip(1 + most.Length).Select(logit => logit - logits[0])]);
    }

    private Tensor Without(Tensor image, bool[] removed)
    {
        int channels = (int)image.shape[1], width = (int)image.shape[3];
        float[] pixels = image.to_type(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        Random random = CxrLab.Seed.Random(Seed);
        float[] filled = [.. pixels.Chunk(pixels.Length / channels).SelectMany(channel => NoisyLinearImputer.Fill(channel, removed, width, Noise, random))];
        return tensor(filled).reshape(image.shape).to(image.dtype).to(image.device);
    }

    private static bool[] AtLeast(double[] values, double percentile)
    {
        double[] sorted = [.. values.Order()];
        double place = percentile / 100 * (sorted.Length - 1);
        int low = (int)place;
        double threshold = sorted[low] + ((place - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low])); // NumPy's linear percentile
        return [.. values.Select(value => value >= threshold)];
    }
}
