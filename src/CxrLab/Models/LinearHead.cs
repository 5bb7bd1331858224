using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// Linear pooling of each feature map, then the classifier: each value weighs itself (Ye et al., arXiv 2005.14480). It needs features that aren't negative, such as after a ReLU.
/// Features [B, D, h, w] → logits [B, K].
/// </summary>
/// <param name="channels">D.</param>
/// <param name="findings">K.</param>
public sealed class LinearHead(int channels, int findings) : PixelHead(nameof(LinearHead), channels, findings)
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        return Score(Pooling.Linear(features)).MoveToOuterDisposeScope(); // [B, K]
    }
}
