using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// The mean of each feature map, then the classifier (Zhou et al., CVPR 2016). The logit is the mean of the pixels' logits, so CAM splits it exactly.
/// Features [B, D, h, w] → logits [B, K].
/// </summary>
/// <param name="channels">D.</param>
/// <param name="findings">K.</param>
public sealed class AverageHead(int channels, int findings) : PixelHead(nameof(AverageHead), channels, findings)
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        return Score(Pooling.Average(features)).MoveToOuterDisposeScope(); // [B, K]
    }
}
