using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// The classifier's probability for every pixel, pooled by log-sum-exp with a learned sharpness <c>r = r₀ + e^β</c> (LSE-LBA, Yao et al.,
/// arXiv 1803.07703). Features [B, D, h, w] → logits [B, K]; their sigmoid is the pooled probability itself.
/// </summary>
/// <param name="channels">D.</param>
/// <param name="findings">K.</param>
/// <param name="lowerBound">r₀, at least 0: the sharpness never falls below it.</param>
public sealed class LseLbaHead(int channels, int findings, double lowerBound = 5) : PixelHead(nameof(LseLbaHead), channels, findings)
{
    private const double Sure = 80; // beyond it σ(-z) is 0 in float32

    private readonly Parameter beta = Parameter(zeros(1));

    /// <summary>r₀.</summary>
    public double LowerBound { get; } = lowerBound >= 0 ? lowerBound
        : throw new ArgumentOutOfRangeException(nameof(lowerBound), lowerBound, "The lower bound of the sharpness is at least 0.");

    /// <inheritdoc/>
    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        var sure = tensor(Sure, dtype: features.dtype, device: features.device);
        var pixels = minimum(maximum(PixelLogits(features), sure.neg()), sure);          // [B, K, h, w]
        var r = tensor(LowerBound, dtype: beta.dtype, device: beta.device) + beta.exp();
        // s = log mean exp(r σ(z)) / r, and 1 - s is the same of -σ(-z), negated: so its logit keeps its digits at both ends.
        var yes = Pooling.LogSumExp(pixels.sigmoid(), r);                                // [B, K]
        var no = Pooling.LogSumExp(pixels.neg().sigmoid().neg(), r).neg();               // [B, K]
        return (yes.log() - no.log()).MoveToOuterDisposeScope();                         // [B, K]
    }
}
