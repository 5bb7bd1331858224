namespace CxrLab.Metrics;

/// <summary>
/// Area under the ROC curve: the chance that a random positive scores above a random negative, ties counting half (Hanley and
/// McNeil, Radiology 1982).
/// </summary>
public static class Auroc
{
    /// <param name="scores">Any real numbers; higher means more likely positive.</param>
    /// <param name="positive">The truth, of the same length.</param>
    /// <returns>In [0, 1]; NaN where positives or negatives are lacking.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a score is NaN.</exception>
    public static double Compute(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        var ranking = new Ranking(scores, positive);
        return ranking.Auroc(null);
    }

    /// <summary>AUROC in which case i counts <paramref name="weights"/>[i] times, as scikit-learn's <c>sample_weight</c> does.</summary>
    /// <param name="scores">Any real numbers; higher means more likely positive.</param>
    /// <param name="positive">The truth, of the same length.</param>
    /// <param name="weights">Finite and not negative, of the same length.</param>
    /// <returns>In [0, 1]; NaN where positives or negatives have no weight.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a score is NaN, or a weight is negative or not finite.</exception>
    public static double Compute(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, ReadOnlySpan<double> weights)
    {
        if (weights.Length != scores.Length) throw new ArgumentException($"{weights.Length} weights don't fit {scores.Length} scores.", nameof(weights));
        for (int i = 0; i < weights.Length; i++)
            if (!(weights[i] >= 0 && double.IsFinite(weights[i]))) throw new ArgumentException($"Weight {i} is {weights[i]}; weights are finite and not negative.", nameof(weights));
        return new Ranking(scores, positive).Auroc(weights.ToArray());
    }
}
