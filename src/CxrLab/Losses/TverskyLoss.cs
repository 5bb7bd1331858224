using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>
/// Tversky loss <c>1 - (TP + ε) / (TP + α FP + β FN + ε)</c> per channel (Salehi et al., MLMI 2017), with TP = Σ p·g, FP = Σ p·(1 - g) and
/// FN = Σ (1 - p)·g. α = β = 0.5 is plain Dice, α = β = 1 plain Jaccard; β above α finds more at the price of false alarms.
/// </summary>
/// <param name="Alpha">Weight of false positives, not negative.</param>
/// <param name="Beta">Weight of false negatives, not negative.</param>
public sealed record TverskyLoss(double Alpha = 0.3, double Beta = 0.7) : OverlapLoss
{
    /// <inheritdoc/>
    protected override Tensor Cost(OverlapSums areas)
    {
        Tensor both = areas.Both;
        Tensor wrong = Number.Like(both, Alpha) * (areas.Predicted - both), missed = Number.Like(both, Beta) * (areas.Target - both);
        return OneMinusRatio(both, both + wrong + missed);
    }

    internal override OverlapLoss Checked() => Alpha >= 0 && Beta >= 0
        ? base.Checked()
        : throw new ArgumentException($"The weights of false positives and negatives can't be negative; got {Alpha} and {Beta}.");
}
