using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// Exponential pooling of each feature map, then the classifier: the softmax of the map weighs its own values (Ye et al., arXiv 2005.14480).
/// Features [B, D, h, w] → logits [B, K].
/// </summary>
/// <param name="channels">D.</param>
/// <param name="findings">K.</param>
public sealed class ExponentialHead(int channels, int findings) : PixelHead(nameof(ExponentialHead), channels, findings)
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        return Score(Pooling.Exponential(features)).MoveToOuterDisposeScope(); // [B, K]
    }
}
