using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Grad-CAM++ (Chattopadhay et al., WACV 2018): the weight of a channel is <c>Σ_ij α_ij relu(g_ij)</c> with
/// <c>α = g² / (2 g² + g³ Σ f)</c>, meant for several lesions of one kind. Its derivation takes the exponential of the logit as score.
/// </summary>
public sealed record GradCamPlusPlus : GradientCam
{
    /// <inheritdoc/>
    public override string Name => "grad-cam++";

    /// <inheritdoc/>
    protected override Tensor Weigh(Tensor activations, Tensor slopes)
    {
        var squared = slopes * slopes;                                                    // [B, D, h, w]
        var sums = activations.sum([2, 3], keepdim: true);                                // [B, D, 1, 1]
        var divisor = squared + squared + sums * squared * slopes + Constant.Like(sums, 1e-6);
        var alpha = squared / divisor;                                                    // 0 where the slope is 0
        var weights = (alpha * slopes.relu()).sum([2, 3], keepdim: true);                 // [B, D, 1, 1]
        return (weights * activations).sum(dim: 1);                                       // [B, h, w]
    }
}
