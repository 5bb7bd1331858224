using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// HiResCAM (Draelos and Carin, arXiv 2011.08891): <c>Σ_d g_d ⊙ f_d</c>, pixel by pixel, without averaging the gradient first. For a head
/// that is linear in its features the map's sum plus the bias is the logit.
/// </summary>
public sealed record HiResCam : GradientCam
{
    /// <inheritdoc/>
    public override string Name => "hirescam";

    /// <inheritdoc/>
    protected override Tensor Weigh(Tensor activations, Tensor slopes) => (slopes * activations).sum(dim: 1); // [B, h, w]
}
