using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// Multiple-instance learning (Li et al., CVPR 2018): the classifier's probability for every pixel, joined by noisy-or, so that an image
/// is positive where any pixel is. Features [B, D, h, w] → logits [B, K].
/// </summary>
public sealed class NoisyOrHead : PixelHead
{
    // At p = 1/2 per pixel an untrained network would be sure that every image is positive; at 1/64 an 8 × 8 map begins undecided.
    private static readonly double Reluctance = -Math.Log(63);

    /// <param name="channels">D.</param>
    /// <param name="findings">K.</param>
    public NoisyOrHead(int channels, int findings) : base(nameof(NoisyOrHead), channels, findings)
    {
        using var scope = NewDisposeScope();
        init.constant_(Bias, Reluctance);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        return Pooling.NoisyOrLogit(PixelLogits(features)).MoveToOuterDisposeScope();    // [B, K]
    }
}
