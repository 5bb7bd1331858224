using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Integrated gradients (Sundararajan et al., ICML 2017): the pixel's difference from a baseline times the mean gradient on the straight
/// way from there. Complete: the map sums to logit(image) - logit(baseline), up to the error of the steps.
/// </summary>
public sealed record IntegratedGradients : Explanation
{
    /// <inheritdoc/>
    public override string Name => "integrated-gradients";

    /// <summary>Steps of the midpoint rule, at least 1.</summary>
    public int Steps { get; init; } = 32;

    /// <summary>Where the way begins.</summary>
    public Baseline From { get; init; } = Baseline.Zero;

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        if (Steps < 1) throw new ArgumentException($"Integrated gradients need at least one step; got {Steps}.");
        Tensor start = From.For(images);                                                  // [B, C, H, W]
        Tensor way = images - start;                                                      // [B, C, H, W]
        Dictionary<int, Tensor> slopes = InputGradient.Mean(model, targets, Steps, i => start + way * Constant.Like(way, (i + 0.5) / Steps));
        return ByFinding(model, targets, k => (way * slopes[k]).sum(dim: 1));             // [B, H, W]
    }
}
