using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Ablation-CAM (Desai and Ramaswamy, WACV 2020): a channel weighs as much as the logit falls when the channel is taken out. No gradient;
/// only what lies behind the channels runs again.
/// </summary>
public sealed record AblationCam : Explanation
{
    /// <inheritdoc/>
    public override string Name => "ablation-cam";

    /// <summary>A layer as in <c>named_modules</c>; null for the model's features.</summary>
    public string? Layer { get; init; }

    /// <summary>
    /// Divides the fall by the logit, as the paper does. That only rescales the map where the logit is above 0, and turns its sign where
    /// the logit is below.
    /// </summary>
    public bool Relative { get; init; }

    /// <summary>
    /// Puts a channel far below all activations where some are negative, as pytorch-grad-cam does; false sets it to 0 as the paper does.
    /// </summary>
    public bool FarBelow { get; init; }

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        using var noGradients = no_grad();
        using var tap = new ActivationTap(model, Layer);
        Tensor activations = tap.Activations(images).clone();                             // [B, D, h, w]
        Tensor logits = tap.Logits(images, activations);                                  // [B, K]
        return ByImage(model, targets, image =>
        {
            Tensor ablated = Ablated(tap, images[image], activations[image]);             // [D, K]
            Tensor weights = logits[image] - ablated;                                     // [D, K]
            if (Relative) weights = weights / logits[image];
            return einsum("dk,dhw->khw", weights, activations[image]);
        });
    }

    private Tensor Ablated(ActivationTap tap, Tensor image, Tensor activations) => Perturbed.InBatches((int)activations.shape[0], (from, count) =>
    {
        Tensor copies = activations.unsqueeze(0).repeat(count, 1, 1, 1);                  // [n, D, h, w]
        Tensor lowest = activations.min();
        bool below = FarBelow && lowest.item<float>() < 0;
        Tensor fill = below ? lowest - Constant.Like(lowest, 1e7) : zeros_like(lowest);
        for (int i = 0; i < count; i++) copies[i].select(0, from + i).copy_(fill);
        return tap.Logits(image.unsqueeze(0).expand(count, -1, -1, -1), copies);          // [n, K]
    });
}
