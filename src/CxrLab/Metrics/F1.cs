namespace CxrLab.Metrics;

/// <summary>Harmonic mean of precision and recall at a threshold.</summary>
public static class F1
{
    /// <param name="scores">Higher means more likely positive.</param>
    /// <param name="positive">The truth, of the same length.</param>
    /// <param name="threshold">A score at or above it counts as positive.</param>
    /// <returns>In [0, 1]; NaN where nothing is positive in truth or prediction.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static double Compute(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, double threshold = 0.5)
    {
        if (scores.Length != positive.Length) throw new ArgumentException($"{scores.Length} scores don't fit {positive.Length} truths.", nameof(positive));
        int hits = 0, falseAlarms = 0, misses = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            bool called = scores[i] >= threshold;
            if (called && positive[i]) hits++;
            else if (called) falseAlarms++;
            else if (positive[i]) misses++;
        }

        return hits + falseAlarms + misses == 0 ? double.NaN : 2.0 * hits / (2 * hits + falseAlarms + misses);
    }
}
