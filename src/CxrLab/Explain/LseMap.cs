using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// The classifier's logit for every pixel in a model with <see cref="LseHead"/>: the heat map of Wang et al. (CVPR 2017), bias included,
/// so above 0 a pixel alone would be called positive.
/// </summary>
public sealed record LseMap : Explanation
{
    /// <inheritdoc/>
    public override string Name => "lse";

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        if (model is not PooledModel { PixelHead: LseHead head })
            throw new ArgumentException($"{model.Architecture} doesn't end in log-sum-exp pooling, so it has no such map; build it with PooledModel.WithLse, or use Cam.Grad (grad-cam).", nameof(model));
        using var noGradients = no_grad();
        Tensor maps = head.PixelLogits(model.Features(images));                           // [B, K, h, w]
        return ByImage(model, targets, image => maps[image]);
    }
}
