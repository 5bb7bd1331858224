namespace CxrLab.Metrics;

/// <summary>Percentile intervals of bootstrap draws.</summary>
internal static class Quantiles
{
    /// <summary>The ends of the middle share of the finite draws; NaN where there is none.</summary>
    internal static (double Low, double High) Middle(double[] draws, double share)
    {
        double[] sorted = [.. draws.Where(double.IsFinite)];
        if (sorted.Length == 0) return (double.NaN, double.NaN);
        Array.Sort(sorted);
        double tail = (1 - share) / 2;
        return (Of(sorted, tail), Of(sorted, 1 - tail));
    }

    /// <summary>Linear between neighbours, as NumPy's default.</summary>
    internal static double Of(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }
}
