using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// The class activation map of Zhou et al. (CVPR 2016): <c>Σ_d w_kd f_d</c> with the weights of the last layer. Its mean plus the bias
/// is the logit, so the map splits the logit among the pixels without rest. Only for models with <see cref="IGapLinear"/>.
/// </summary>
public sealed record ClassActivationMap : Explanation
{
    /// <inheritdoc/>
    public override string Name => "cam";

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        if (model is not IGapLinear last)
            throw new ArgumentException($"{model.Architecture} doesn't end in a mean over pixels and a linear layer, so it has no class activation map; use Cam.Grad (grad-cam).", nameof(model));
        using var tap = new ActivationTap(model, layer: null);
        Tensor features = tap.Activations(images);                                        // [B, D, h, w]
        Tensor weights = last.ClassifierWeight.detach();                                  // [K, D]
        Tensor maps = einsum("kd,bdhw->bkhw", weights, features);                         // all findings for the price of one product
        return ByImage(model, targets, image => maps[image]);
    }
}
