using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// XGrad-CAM (Fu et al., BMVC 2020): a channel's gradient averaged with its own activations as weights, <c>Σ_ij g f / Σ_ij f</c>, so that
/// the map's sum stays near the logit.
/// </summary>
public sealed record XGradCam : GradientCam
{
    /// <inheritdoc/>
    public override string Name => "xgrad-cam";

    /// <inheritdoc/>
    protected override Tensor Weigh(Tensor activations, Tensor slopes)
    {
        var sums = activations.sum([2, 3], keepdim: true);                                // [B, D, 1, 1]
        // A channel that is 0 everywhere adds nothing; the small number only keeps 0 / 0 away.
        var weights = (slopes * activations).sum([2, 3], keepdim: true) / (sums + Constant.Like(sums, 1e-7));
        return (weights * activations).sum(dim: 1);                                       // [B, h, w]
    }
}
