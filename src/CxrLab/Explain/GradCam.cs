using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Grad-CAM (Selvaraju et al., ICCV 2017) without its final ReLU: <c>Σ_d α_d f_d</c>, where α_d is the mean over pixels of ∂logit/∂f_d.
/// </summary>
public sealed record GradCam : GradientCam
{
    /// <inheritdoc/>
    public override string Name => "grad-cam";

    /// <inheritdoc/>
    protected override Tensor Weigh(Tensor activations, Tensor slopes)
    {
        var weights = slopes.mean([2, 3], keepdim: true);                                 // [B, D, 1, 1]
        return (weights * activations).sum(dim: 1);                                       // [B, h, w]
    }
}
