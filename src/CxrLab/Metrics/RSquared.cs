namespace CxrLab.Metrics;

/// <summary>
/// Share of the variance that is explained, 1 − SSE / SST. It isn't the squared correlation: a model with the right order and the wrong scale
/// can have r² = 1 and R² below 0.
/// </summary>
public static class RSquared
{
    /// <param name="predicted">One number per case.</param>
    /// <param name="known">The truth, of the same length.</param>
    /// <returns>At most 1; NaN where the truth never varies.</returns>
    /// <exception cref="ArgumentException">There is no case, or lengths differ.</exception>
    public static double Compute(ReadOnlySpan<double> predicted, ReadOnlySpan<double> known)
    {
        if (predicted.Length != known.Length || known.IsEmpty) throw new ArgumentException($"{predicted.Length} predictions and {known.Length} truths must be equally many, and at least one.", nameof(known));
        double mean = 0;
        foreach (double value in known) mean += value / known.Length;
        double errors = 0, spread = 0;
        for (int i = 0; i < known.Length; i++)
        {
            errors += (predicted[i] - known[i]) * (predicted[i] - known[i]);
            spread += (known[i] - mean) * (known[i] - mean);
        }

        return spread > 0 ? 1 - (errors / spread) : double.NaN;
    }
}
