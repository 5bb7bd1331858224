using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>
/// Soft Dice loss <c>1 - (2 Σ p·g + ε) / (Σ pᵏ + Σ gᵏ + ε)</c> per channel: k = 1 is the plain form, k = 2 the squared form of V-Net (Milletari et al.,
/// 3DV 2016). It counts overlap instead of pixels, so a small structure isn't drowned by its background.
/// </summary>
/// <param name="Squared">k = 2. A map of all 0.5 then looks better than in the plain form, so doubt costs less.</param>
public sealed record DiceLoss(bool Squared = true) : OverlapLoss
{
    /// <inheritdoc/>
    protected override bool SquaredAreas => Squared;

    /// <inheritdoc/>
    protected override Tensor Cost(OverlapSums areas) => OneMinusRatio(areas.Both + areas.Both, areas.Predicted + areas.Target);
}
