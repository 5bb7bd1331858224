namespace CxrLab.Metrics;

/// <summary>Points of a ROC curve.</summary>
public static class RocCurve
{
    /// <param name="scores">Higher means more likely positive.</param>
    /// <param name="positive">The truth, of the same length, with both kinds.</param>
    /// <returns>False and true positive rate from (0, 0) to (1, 1), one point per distinct score.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a score is NaN, or one kind is lacking.</exception>
    public static IReadOnlyList<(double FalsePositiveRate, double TruePositiveRate)> Compute(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        var ranking = new Ranking(scores, positive);
        if (!positive.Contains(true) || !positive.Contains(false)) throw new ArgumentException("A ROC curve needs positives and negatives; one kind is lacking.", nameof(positive));
        return [.. ranking.Curve()];
    }
}
