using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// The gradient of the logit over the pixels (Simonyan et al., ICLR workshop 2014): how much a pixel's brightness would change the logit,
/// not how much it has contributed.
/// </summary>
public sealed record Saliency : Explanation
{
    /// <inheritdoc/>
    public override string Name => "saliency";

    /// <summary>True takes the largest magnitude over the channels, as the paper's figures do; false sums over them and keeps the sign.</summary>
    public bool Magnitude { get; init; }

    /// <inheritdoc/>
    protected override Tensor Maps(CxrModel model, Tensor images, IReadOnlyList<Target> targets)
    {
        Dictionary<int, Tensor> slopes = InputGradient.Mean(model, targets, 1, _ => images);
        return ByFinding(model, targets, k => Magnitude ? slopes[k].abs().amax([1]) : slopes[k].sum(dim: 1)); // [B, H, W]
    }
}
