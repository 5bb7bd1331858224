using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// Probabilistic-CAM pooling (Ye et al., arXiv 2005.14480): each finding's own probability map decides where its features are pooled.
/// Features [B, D, h, w] → logits [B, K].
/// </summary>
/// <param name="channels">D.</param>
/// <param name="findings">K.</param>
public sealed class PcamHead(int channels, int findings) : PixelHead(nameof(PcamHead), channels, findings)
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        var pixelLogits = PixelLogits(features);                                         // [B, K, h, w]
        var attention = Pooling.PcamWeights(pixelLogits);                                // [B, K, hw]
        // Scoring the pooled feature equals pooling the scores: the weights sum to 1, so the bias passes through.
        return (attention * pixelLogits.flatten(2)).sum(-1).MoveToOuterDisposeScope();   // [B, K]
    }

    /// <summary>Heat maps [B, K, h, w] in [0, 1]; no min-max scaling, so evidence keeps its size.</summary>
    public Tensor Heatmaps(Tensor features)
    {
        using var scope = NewDisposeScope();
        return PixelLogits(features).sigmoid().MoveToOuterDisposeScope();
    }
}
