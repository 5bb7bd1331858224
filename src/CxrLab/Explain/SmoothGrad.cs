using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// SmoothGrad (Smilkov et al., arXiv 1706.03825): the mean of the pixel gradients of noisy copies, which takes the flicker out of
/// <see cref="Saliency"/>. All images of a batch get the same noise, so a map doesn't depend on its neighbours.
/// </summary>
public sealed record SmoothGrad : Explanation
{
    /// <inheritdoc/>
    public override string Name => "smoothgrad";

    /// <summary>Noisy copies, at least 1.</summary>
    public int Samples { get; init; } = 25;

    /// <summary>Standard deviation of the noise as a share of the image's range; 0.1 to 0.2 in the paper.</summary>
    public double Noise { get; init; } = 0.15;

    /// <summary>Seed of the noise.</summary>
    public int Seed { get; init; }

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        if (Samples < 1 || Noise < 0) throw new ArgumentException($"SmoothGrad needs at least one sample and no negative noise; got {this}.");
        Tensor range = images.amax([1, 2, 3], keepdim: true) - images.amin([1, 2, 3], keepdim: true); // [B, 1, 1, 1]
        Tensor deviation = range * Constant.Like(range, Noise);
        using var generator = new Generator((ulong)Seed, CPU);
        long[] one = [1, .. images.shape.Skip(1)];
        Dictionary<int, Tensor> slopes = InputGradient.Mean(model, targets, Samples,
            _ => images + deviation * randn(one, generator: generator).to(images.dtype).to(images.device));
        return ByFinding(model, targets, k => slopes[k].sum(dim: 1)); // [B, H, W]
    }
}
