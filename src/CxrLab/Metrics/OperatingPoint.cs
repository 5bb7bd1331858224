namespace CxrLab.Metrics;

/// <summary>A threshold with what it costs and buys.</summary>
/// <param name="Threshold">A score at or above it counts as positive; infinite where nothing is called.</param>
/// <param name="Sensitivity">Share of positives that are called.</param>
/// <param name="Specificity">Share of negatives that aren't.</param>
public sealed record OperatingPoint(double Threshold, double Sensitivity, double Specificity)
{
    /// <summary>The highest sensitivity at which specificity is still at least <paramref name="specificity"/>; among equals the higher threshold.</summary>
    /// <param name="scores">Higher means more likely positive.</param>
    /// <param name="positive">The truth, of the same length, with both kinds.</param>
    /// <param name="specificity">In [0, 1].</param>
    /// <exception cref="ArgumentException">Lengths differ, a score is NaN, or one kind is lacking.</exception>
    public static OperatingPoint AtSpecificity(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, double specificity) =>
        All(scores, positive).Where(point => point.Specificity >= specificity).MaxBy(point => point.Sensitivity)!;

    /// <summary>The point that is best by Youden's J, sensitivity + specificity − 1 (Cancer 1950).</summary>
    /// <inheritdoc cref="AtSpecificity" path="/exception"/>
    public static OperatingPoint Youden(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive) =>
        All(scores, positive).MaxBy(point => point.Sensitivity + point.Specificity)!;

    // From the highest threshold (nothing is called) to the lowest (all are).
    private static List<OperatingPoint> All(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        var ranking = new Ranking(scores, positive);
        double positives = positive.Count(true), negatives = positive.Length - positives;
        if (positives == 0 || negatives == 0) throw new ArgumentException("An operating point needs positives and negatives; one kind is lacking.", nameof(positive));
        double[] ordered = ranking.InOrder(scores.ToArray());
        return [new OperatingPoint(double.PositiveInfinity, 0, 1), .. ranking.Thresholds().Select(at => new OperatingPoint(ordered[at.Last], at.Positives / positives, 1 - (at.Negatives / negatives)))];
    }
}
