using System.Globalization;

namespace CxrLab.Explain;

/// <summary>What a fixed share of pixels does with pixels equal to the last that fits.</summary>
public enum Ties
{
    /// <summary>Marks them all; the share can grow.</summary>
    All,

    /// <summary>Marks none of them, unless all fit; the share can shrink, to nothing on a flat map.</summary>
    None,

    /// <summary>Marks as many as fit, from the top row down; exact, but it favours the top.</summary>
    ReadingOrder,
}

/// <summary>How a heat map is cut into regions, each of which becomes a box.</summary>
public abstract record BoxRule
{
    private BoxRule()
    {
    }

    /// <summary>Marks what reaches a fraction of the maximum. No boxes where nothing is above 0.</summary>
    /// <param name="fraction">In (0, 1].</param>
    public static BoxRule FractionOfMax(double fraction = 0.2) => new Fraction(Checked(fraction), LargestOnly: false);

    /// <summary>The rule of Zhou et al. (CVPR 2016): what reaches 20 % of the maximum, and of that the largest region only.</summary>
    /// <param name="fraction">In (0, 1].</param>
    public static BoxRule Zhou(double fraction = 0.2) => new Fraction(Checked(fraction), LargestOnly: true);

    /// <summary>Marks the strongest pixels, rounded up to whole ones, whatever their sign.</summary>
    /// <param name="percent">Share of all pixels, in (0, 100].</param>
    /// <param name="ties">What happens to pixels equal to the last that fits.</param>
    public static BoxRule TopPercent(double percent = 10, Ties ties = Ties.All) => percent is > 0 and <= 100
        ? new Top(percent, ties)
        : throw new ArgumentOutOfRangeException(nameof(percent), percent, "A percentage of the pixels lies in (0, 100].");

    /// <summary>
    /// ChestX-ray8's rule (Wang et al., CVPR 2017): the map is stretched to [0, 255] and cut at 60 and at 180, and the regions of
    /// both cuts count. No boxes where all pixels are equal.
    /// </summary>
    public static BoxRule Wang() => new TwoCuts();

    /// <summary>A rule from text: <c>zhou</c>, <c>wang</c>, <c>fraction:0.5</c> or <c>top:10</c>.</summary>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static BoxRule Parse(string text) => text.Split(':') switch
    {
        ["zhou"] => Zhou(),
        ["wang"] => Wang(),
        ["fraction", string share] when double.TryParse(share, CultureInfo.InvariantCulture, out double fraction) => FractionOfMax(fraction),
        ["top", string share] when double.TryParse(share, CultureInfo.InvariantCulture, out double percent) => TopPercent(percent),
        _ => throw new ArgumentException($"There is no box rule '{text}'; there are zhou, wang, fraction:0.5 and top:10 (with other numbers).", nameof(text)),
    };

    /// <summary>Whether only the largest region counts.</summary>
    internal virtual bool OnlyLargest => false;

    /// <summary>One mask [H, W] for every cut.</summary>
    internal abstract IEnumerable<bool[,]> Marks(Heatmap map);

    private static double Checked(double fraction) => fraction is > 0 and <= 1
        ? fraction
        : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction of the maximum lies in (0, 1].");

    private static bool[,] AtLeast(Heatmap map, float threshold)
    {
        bool[,] marked = new bool[map.Height, map.Width];
        for (int y = 0; y < map.Height; y++)
            for (int x = 0; x < map.Width; x++) marked[y, x] = map.Values[y, x] >= threshold;
        return marked;
    }

    private sealed record Fraction(double OfMax, bool LargestOnly) : BoxRule
    {
        internal override bool OnlyLargest => LargestOnly;

        internal override IEnumerable<bool[,]> Marks(Heatmap map) => map.Peak.Value > 0 ? [AtLeast(map, (float)(OfMax * map.Peak.Value))] : [];
    }

    private sealed record Top(double Percent, Ties Ties) : BoxRule
    {
        internal override IEnumerable<bool[,]> Marks(Heatmap map)
        {
            float[] sorted = [.. map.Values.Cast<float>().OrderDescending()];
            int count = Math.Max(1, (int)Math.Ceiling((Percent * sorted.Length / 100) - 1e-9)); // 10 % of 30 is 3, not 3.0000000000000004
            float last = sorted[count - 1];
            bool[,] marked = AtLeast(map, last);
            int left = count - sorted.Count(value => value > last), equal = sorted.Count(value => value == last);
            if (Ties == Ties.All || left == equal) return [marked];
            if (Ties == Ties.None) left = 0;
            for (int y = 0; y < map.Height; y++)
                for (int x = 0; x < map.Width; x++)
                    if (map.Values[y, x] == last) marked[y, x] = left-- > 0;
            return [marked];
        }
    }

    private sealed record TwoCuts : BoxRule
    {
        internal override IEnumerable<bool[,]> Marks(Heatmap map)
        {
            double low = map.Values.Cast<float>().Min(), range = map.Peak.Value - low;
            return range > 0 ? [AtLeast(map, (float)(low + (range * 60 / 255))), AtLeast(map, (float)(low + (range * 180 / 255)))] : [];
        }
    }
}
