namespace CxrLab.Metrics;

/// <summary>
/// Bends a finding's scores so that its chosen threshold becomes 0.5: straight from 0 to the threshold and from there to 1, as TorchXRayVision
/// does (Cohen et al., MIDL 2022). Scores of different findings can then be read alike; ranks stay, but the numbers are no probabilities.
/// </summary>
/// <param name="threshold">In (0, 1), chosen on validation images, such as <see cref="OperatingPoint.Youden"/>.</param>
public sealed class OperatingPointNormaliser(double threshold)
{
    private readonly double threshold = threshold is > 0 and < 1 ? threshold : throw new ArgumentOutOfRangeException(nameof(threshold), $"The threshold must lie between 0 and 1; got {threshold}.");

    /// <summary>A score in [0, 1] → [0, 1].</summary>
    public double Apply(double score) => score < threshold ? score / (2 * threshold) : 1 - ((1 - score) / (2 * (1 - threshold)));
}
