using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// The probability of every pixel in a model with <see cref="PcamHead"/> (Ye et al., arXiv 2005.14480), in [0, 1]. It needs no scaling:
/// 0.5 is where a pixel's evidence changes sides.
/// </summary>
public sealed record PcamMap : Explanation
{
    /// <inheritdoc/>
    public override string Name => "pcam";

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        if (model is not PooledModel { PixelHead: PcamHead head })
            throw new ArgumentException($"{model.Architecture} doesn't end in PCAM pooling, so it has no PCAM map; build it with PooledModel.WithPcam, or use Cam.Grad (grad-cam).", nameof(model));
        using var noGradients = no_grad();
        Tensor maps = head.Heatmaps(model.Features(images));                              // [B, K, h, w]
        return ByImage(model, targets, image => maps[image]);
    }
}
