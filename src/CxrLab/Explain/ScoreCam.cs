using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Score-CAM (Wang et al., CVPR workshops 2020): the image is shown through each feature map in turn, enlarged and stretched to
/// [0, 1]; the logits, through a softmax over the channels, are the weights. No gradient, but one forward pass per channel.
/// </summary>
public sealed record ScoreCam : Explanation
{
    /// <inheritdoc/>
    public override string Name => "score-cam";

    /// <summary>A layer as in <c>named_modules</c>; null for the model's features.</summary>
    public string? Layer { get; init; }

    /// <summary>Whether enlarging lets the corner pixels' centres coincide, as pytorch-grad-cam does.</summary>
    public bool AlignCorners { get; init; } = true;

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        using var noGradients = no_grad();
        using var tap = new ActivationTap(model, Layer);
        Tensor activations = tap.Activations(images);                                     // [B, D, h, w]
        return ByImage(model, targets, image =>
        {
            Tensor scores = Scores(model, images[image], activations[image]);             // [D, K]
            Tensor weights = nn.functional.softmax(scores, dim: 0);                       // [D, K]
            return einsum("dk,dhw->khw", weights, activations[image]);
        });
    }

    private Tensor Scores(CxrModel model, Tensor image, Tensor activations) => Perturbed.Logits(model, (int)activations.shape[0], (from, count) =>
    {
        Tensor maps = activations.narrow(0, from, count).unsqueeze(1);                    // [n, 1, h, w]
        Tensor large = nn.functional.interpolate(maps, [image.shape[1], image.shape[2]], mode: InterpolationMode.Bilinear, align_corners: AlignCorners);
        Tensor low = large.amin([2, 3], keepdim: true), range = large.amax([2, 3], keepdim: true) - low;
        return image * ((large - low) / (range + Constant.Like(range, 1e-8)));                // [n, C, H, W]
    });
}
