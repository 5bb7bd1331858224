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
}
