using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Maps made of activations and the logit's gradient there. The gradient is of the logit: through the sigmoid it would vanish where
/// the model is sure. Published figures cut the map at 0 afterwards (<see cref="Heatmap.ReluMinMax"/>); here its sign stays.
/// </summary>
public abstract record GradientCam : Explanation
{
    /// <summary>A layer as in <c>named_modules</c>, such as <c>features.denseblock3</c>; null for the model's features.</summary>
    public string? Layer { get; init; }

    /// <param name="activations">[B, D, h, w].</param>
    /// <param name="slopes">∂logit/∂activation, [B, D, h, w].</param>
    /// <returns>[B, h, w].</returns>
    protected abstract Tensor Weigh(Tensor activations, Tensor slopes);

    /// <inheritdoc/>
    protected sealed override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        using var tap = new ActivationTap(model, Layer);
        (Tensor activations, Tensor logits) = tap.Open(images);
        Tensor constant = activations.detach();
        return ByFinding(model, targets, k => Weigh(constant, tap.Slope(activations, logits, k)));
    }
}
