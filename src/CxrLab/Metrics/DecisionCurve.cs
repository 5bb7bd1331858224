namespace CxrLab.Metrics;

/// <summary>
/// Net benefit of acting on a model, beside acting on everybody and on nobody (Vickers and Elkin, Med Decis Making 2006). The threshold
/// probability p says what a false alarm costs against a missed finding: p / (1 − p).
/// </summary>
public static class DecisionCurve
{
    /// <param name="probabilities">Calibrated, each in [0, 1].</param>
    /// <param name="positive">The truth, of the same length.</param>
    /// <param name="thresholds">Each in (0, 1); null for 0.01 to 0.99.</param>
    /// <exception cref="ArgumentException">There is no case, lengths differ, or a value is out of range.</exception>
    public static IReadOnlyList<DecisionPoint> Compute(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positive, IReadOnlyList<double>? thresholds = null)
    {
        if (probabilities.Length != positive.Length || probabilities.IsEmpty) throw new ArgumentException($"{probabilities.Length} probabilities and {positive.Length} truths must be equally many, and at least one.", nameof(positive));
        foreach (double value in probabilities) if (!(value is >= 0 and <= 1)) throw new ArgumentException($"{value} is not a probability.", nameof(probabilities));
        double n = positive.Length, prevalence = positive.Count(true) / n;
        var points = new List<DecisionPoint>();
        foreach (double threshold in thresholds ?? [.. Enumerable.Range(1, 99).Select(percent => percent / 100.0)])
        {
            if (threshold is <= 0 or >= 1) throw new ArgumentException($"A threshold must lie between 0 and 1; got {threshold}.", nameof(thresholds));
            int hits = 0, alarms = 0;
            for (int i = 0; i < positive.Length; i++)
            {
                if (probabilities[i] < threshold) continue;
                if (positive[i]) hits++;
                else alarms++;
            }

            double odds = threshold / (1 - threshold);
            points.Add(new DecisionPoint(threshold, (hits / n) - (alarms / n * odds), prevalence - ((1 - prevalence) * odds)));
        }

        return points;
    }
}

/// <summary>Net benefit at one threshold, in true positives per image; acting on nobody has 0.</summary>
/// <param name="Threshold">Probability from which one acts.</param>
/// <param name="Model">Acting on those whom the model calls.</param>
/// <param name="Everybody">Acting on all.</param>
public sealed record DecisionPoint(double Threshold, double Model, double Everybody);
