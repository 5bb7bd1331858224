using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>Ways to make one number of a map.</summary>
public static class Pooling
{
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
        var r = tensor(sharpness).to(maps.dtype).to(maps.device);                        // [], a tensor: see AdamW on plain numbers
        var highest = maps.amax([-2, -1], keepdim: true);                                // […, 1, 1]
        var mean = ((maps - highest) * r).exp().mean([-2, -1]);                          // […], in (0, 1]
        return (highest.squeeze(-1).squeeze(-1) + mean.log() / r).MoveToOuterDisposeScope();
    }

    /// <summary>Probabilistic-CAM pooling (Ye et al., arXiv 2005.14480): every finding's own probability map weighs the pixels.</summary>
    /// <param name="features">[B, D, h, w].</param>
    /// <param name="pixelLogits">[B, K, h, w].</param>
    /// <returns>Pooled features [B, K, D].</returns>
    public static Tensor Pcam(Tensor features, Tensor pixelLogits)
    {
        using var scope = NewDisposeScope();
        var weights = PcamWeights(pixelLogits);                                          // [B, K, hw]
        return weights.matmul(features.flatten(2).transpose(1, 2)).MoveToOuterDisposeScope();
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
}
