using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// The classifier's logit for every pixel in a model with any pooling head of <see cref="HeadCatalog"/>, bias included: above 0 a pixel
/// alone would be called positive. How the pixels are joined, the head decides; with average pooling their mean is the image's logit.
/// </summary>
public sealed record PixelMap : Explanation
{
    /// <inheritdoc/>
    public override string Name => "pixel";

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        if (model is not PooledModel { PixelHead: { } head })
            throw new ArgumentException($"{model.Architecture} has no pooling head that scores pixels; build it with PooledModel.With, or use Cam.Grad (grad-cam).", nameof(model));
        using var noGradients = no_grad();
        Tensor maps = head.PixelLogits(model.Features(images));                           // [B, K, h, w]
        return ByImage(model, targets, image => maps[image]);
    }
}
