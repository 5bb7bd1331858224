using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// Log-sum-exp pooling of each feature map, then the classifier (Wang et al., CVPR 2017). Features [B, D, h, w] → logits [B, K].
/// </summary>
/// <param name="channels">D.</param>
/// <param name="findings">K.</param>
/// <param name="sharpness">r above 0; 10 was best in the paper.</param>
public sealed class LseHead(int channels, int findings, double sharpness = 10) : PixelHead(nameof(LseHead), channels, findings)
{
    /// <summary>r.</summary>
    public double Sharpness { get; } = sharpness > 0 ? sharpness : throw new ArgumentOutOfRangeException(nameof(sharpness), sharpness, "The sharpness must be above 0.");

    /// <inheritdoc/>
    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        return Score(Pooling.LogSumExp(features, Sharpness)).MoveToOuterDisposeScope();  // [B, K]
    }
}
