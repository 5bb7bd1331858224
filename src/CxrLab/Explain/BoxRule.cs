namespace CxrLab.Explain;

/// <summary>How a heat map is cut into regions: the thresholds at or above which a pixel is marked.</summary>
public abstract record BoxRule
{
    private BoxRule()
    {
    }

    /// <summary>Marks what reaches a fraction of the maximum; 0.2 in Zhou et al. (CVPR 2016). No boxes where nothing is above 0.</summary>
    /// <param name="fraction">In (0, 1].</param>
    public static BoxRule FractionOfMax(double fraction = 0.2) => fraction is > 0 and <= 1
        ? new Fraction(fraction)
        : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction of the maximum lies in (0, 1].");

    /// <summary>
    /// Marks the strongest pixels, rounded up to whole ones, whatever their sign. Pixels equal to the last of them are marked as well.
    /// </summary>
    /// <param name="percent">Share of all pixels, in (0, 100].</param>
    public static BoxRule TopPercent(double percent = 10) => percent is > 0 and <= 100
        ? new Top(percent)
        : throw new ArgumentOutOfRangeException(nameof(percent), percent, "A percentage of the pixels lies in (0, 100].");

    /// <summary>
    /// ChestX-ray8's rule (Wang et al., CVPR 2017): the map is stretched to [0, 255] and cut at 60 and at 180, and the regions of
    /// both cuts count. No boxes where all pixels are equal.
    /// </summary>
    public static BoxRule Wang() => new TwoCuts();

    internal abstract IEnumerable<float> Thresholds(Heatmap map);

    private sealed record Fraction(double OfMax) : BoxRule
    {
        internal override IEnumerable<float> Thresholds(Heatmap map) => map.Peak.Value > 0 ? [(float)(OfMax * map.Peak.Value)] : [];
    }

    private sealed record Top(double Percent) : BoxRule
    {
        internal override IEnumerable<float> Thresholds(Heatmap map)
        {
            float[] sorted = [.. map.Values.Cast<float>().OrderDescending()];
            int count = (int)Math.Ceiling((Percent * sorted.Length / 100) - 1e-9); // 10 % of 30 is 3, not 3.0000000000000004
            return [sorted[Math.Max(count, 1) - 1]];
        }
    }

    private sealed record TwoCuts : BoxRule
    {
        internal override IEnumerable<float> Thresholds(Heatmap map)
        {
            double low = map.Values.Cast<float>().Min(), range = map.Peak.Value - low;
            return range > 0 ? [(float)(low + (range * 60 / 255)), (float)(low + (range * 180 / 255))] : [];
        }
    }
}
