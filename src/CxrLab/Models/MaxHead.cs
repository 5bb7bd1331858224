using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// The maximum of each feature map, then the classifier (Oquab et al., CVPR 2015). One pixel per map decides, and only it learns.
/// Features [B, D, h, w] → logits [B, K].
/// </summary>
/// <param name="channels">D.</param>
/// <param name="findings">K.</param>
public sealed class MaxHead(int channels, int findings) : PixelHead(nameof(MaxHead), channels, findings)
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        return Score(Pooling.Max(features)).MoveToOuterDisposeScope(); // [B, K]
    }
}
