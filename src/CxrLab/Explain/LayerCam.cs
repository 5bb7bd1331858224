using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// LayerCAM (Jiang et al., IEEE TIP 2021): <c>Σ_d relu(g_d) ⊙ f_d</c>. It gives fine maps at early layers; choose one by
/// <see cref="GradientCam.Layer"/>.
/// </summary>
public sealed record LayerCam : GradientCam
{
    /// <inheritdoc/>
    public override string Name => "layer-cam";

    /// <inheritdoc/>
    protected override Tensor Weigh(Tensor activations, Tensor slopes) => (slopes.relu() * activations).sum(dim: 1); // [B, h, w]
}
