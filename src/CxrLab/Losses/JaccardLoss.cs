using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>
/// Soft Jaccard (IoU) loss <c>1 - (2 Σ p·g + ε) / (2 (Σ pᵏ + Σ gᵏ - Σ p·g) + ε)</c> per channel. Both halves are doubled as in MONAI's
/// <c>DiceLoss(jaccard=True)</c>, so that ε means the same in both losses.
/// </summary>
/// <param name="Squared">k = 2 instead of 1.</param>
public sealed record JaccardLoss(bool Squared = false) : OverlapLoss
{
    /// <inheritdoc/>
    protected override bool SquaredAreas => Squared;

    /// <inheritdoc/>
    protected override Tensor Cost(OverlapSums areas)
    {
        Tensor union = areas.Predicted + areas.Target - areas.Both;
        return OneMinusRatio(areas.Both + areas.Both, union + union);
    }
}
