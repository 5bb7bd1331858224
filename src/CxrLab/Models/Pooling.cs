using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// Ways to make one number of a map. They are plain functions; the heads of <see cref="HeadCatalog"/> are networks made with them.
/// </summary>
public static partial class Pooling
{
    /// <summary>The mean of each map.</summary>
    /// <param name="maps">[…, h, w].</param>
    /// <returns>[…].</returns>
    public static Tensor Average(Tensor maps) => maps.mean([-2, -1]);

    /// <summary>The largest value of each map; the gradient is shared among equal ones.</summary>
    /// <param name="maps">[…, h, w].</param>
    /// <returns>[…].</returns>
    public static Tensor Max(Tensor maps) => maps.amax([-2, -1]);

    /// <summary>
    /// Log-sum-exp pooling (Wang et al., CVPR 2017): <c>max + (1/r) log mean exp(r (x - max))</c>, between the mean (r → 0) and the maximum
    /// (r → ∞). The largest value is taken out first, with its sign, so that no map overflows or becomes log 0.
    /// </summary>
    /// <param name="maps">[…, h, w].</param>
    /// <param name="sharpness">r, above 0.</param>
    /// <returns>[…].</returns>
    public static Tensor LogSumExp(Tensor maps, double sharpness)
    {
        if (!(sharpness > 0)) throw new ArgumentOutOfRangeException(nameof(sharpness), sharpness, "Log-sum-exp pooling needs a sharpness above 0; near 0 it is the mean.");
        using var scope = NewDisposeScope();
        return LogSumExp(maps, Number(sharpness, maps)).MoveToOuterDisposeScope();
    }

    /// <summary>The same with a sharpness that may be learned.</summary>
    /// <param name="maps">[…, h, w].</param>
    /// <param name="sharpness">r, [] or [1], above 0.</param>
    /// <returns>[…].</returns>
    public static Tensor LogSumExp(Tensor maps, Tensor sharpness)
    {
        using var scope = NewDisposeScope();
        var highest = maps.amax([-2, -1], keepdim: true).detach();                       // […, 1, 1]; any constant gives the same value and slope
        var below = (maps - highest) * sharpness;                                        // […, h, w], at most 0
        // Flat maps: the mean is nearly 1, and only expm1 and log1p keep the digits of its logarithm. Peaked maps: it is nearly 0.
        var excess = below.expm1().mean([-2, -1]);                                       // […], in (-1, 0]
        var logarithm = excess.log1p().where(excess > Number(-0.5, maps), below.exp().mean([-2, -1]).log());
        return (highest.squeeze(-1).squeeze(-1) + (logarithm / sharpness)).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Log-sum-exp with a learned, lower-bounded sharpness (LSE-LBA, Yao et al., arXiv 1803.07703):
    /// <c>1/(r₀ + e^β) log mean exp((r₀ + e^β) S)</c>.
    /// </summary>
    /// <param name="probabilities">S, [..., h, w]: a sigmoid for each pixel.</param>
    /// <param name="beta">β, [] or [1].</param>
    /// <param name="lowerBound">r₀, at least 0.</param>
    /// <returns>[…], between the smallest and the largest probability.</returns>
    public static Tensor LseLba(Tensor probabilities, Tensor beta, double lowerBound)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lowerBound);
        using var scope = NewDisposeScope();
        return LogSumExp(probabilities, Number(lowerBound, probabilities) + beta.exp()).MoveToOuterDisposeScope();
    }

    /// <summary>Exponential pooling: <c>Σ x softmax(x)</c>. Like the maximum it goes to where the map is high, but every pixel learns.</summary>
    /// <param name="maps">[…, h, w].</param>
    /// <returns>[…].</returns>
    public static Tensor Exponential(Tensor maps)
    {
        using var scope = NewDisposeScope();
        var pixels = maps.flatten(-2);                                                   // […, hw]
        return (pixels * nn.functional.softmax(pixels, dim: -1)).sum(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Linear pooling: <c>Σ x² / Σ x</c>, the mean of the values weighted by themselves.</summary>
    /// <param name="maps">[…, h, w], not negative: after a ReLU, or probabilities. A map of zeros gives 0.</param>
    /// <returns>[…].</returns>
    public static Tensor Linear(Tensor maps)
    {
        const double Nothing = 1e-12; // 0 / 0 becomes 0, and no sum that a float32 map can have changes in its digits
        using var scope = NewDisposeScope();
        return ((maps * maps).sum([-2, -1]) / (maps.sum([-2, -1]) + Number(Nothing, maps))).MoveToOuterDisposeScope();
    }

    /// <summary>Probabilistic-CAM pooling (Ye et al., arXiv 2005.14480): every finding's own probability map weighs the pixels.</summary>
    /// <param name="features">[B, D, h, w].</param>
    /// <param name="pixelLogits">[B, K, h, w].</param>
    /// <returns>Pooled features [B, K, D].</returns>
    public static Tensor Pcam(Tensor features, Tensor pixelLogits)
    {
        using var scope = NewDisposeScope();
        return Weighted(features, PcamWeights(pixelLogits)).MoveToOuterDisposeScope();
    }

    /// <summary>Attention pooling (Ilse et al., ICML 2018): the softmax of a score over all pixels weighs their features.</summary>
    /// <param name="features">[B, D, h, w].</param>
    /// <param name="scores">[B, K, h, w].</param>
    /// <returns>Pooled features [B, K, D].</returns>
    public static Tensor Attention(Tensor features, Tensor scores)
    {
        using var scope = NewDisposeScope();
        return Weighted(features, AttentionWeights(scores)).MoveToOuterDisposeScope();
    }

    /// <summary>PCAM's weights: probabilities of the pixels, divided by their sum.</summary>
    /// <param name="pixelLogits">[B, K, h, w].</param>
    /// <returns>[B, K, hw]; rows sum to 1.</returns>
    internal static Tensor PcamWeights(Tensor pixelLogits)
    {
        using var scope = NewDisposeScope();
        // The softmax of log p is p / Σ p, and doesn't become 0 / 0 where every pixel is sure of the contrary.
        return nn.functional.softmax(nn.functional.logsigmoid(pixelLogits.flatten(2)), dim: -1).MoveToOuterDisposeScope();
    }

    /// <summary>[B, K, h, w] → [B, K, hw]; rows sum to 1.</summary>
    internal static Tensor AttentionWeights(Tensor scores)
    {
        using var scope = NewDisposeScope();
        return nn.functional.softmax(scores.flatten(2), dim: -1).MoveToOuterDisposeScope();
    }

    private static Tensor Weighted(Tensor features, Tensor weights) => weights.matmul(features.flatten(2).transpose(1, 2)); // [B, K, D]

    // A tensor, not a plain number: see AdamW.
    private static Tensor Number(double value, Tensor like) => tensor(value, dtype: like.dtype, device: like.device);
}
