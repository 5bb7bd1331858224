namespace CxrLab.Explain;

/// <summary>
/// How a heat map becomes boxes: one or more thresholds, and for each a box around every connected region (8 neighbours) at or
/// above it. A map without positive evidence has no box.
/// </summary>
public sealed class BoxRule
{
    private readonly Func<Heatmap, IEnumerable<double>> thresholds;
    private readonly bool largestOnly;

    private BoxRule(string name, bool largestOnly, Func<Heatmap, IEnumerable<double>> thresholds) => (Name, this.largestOnly, this.thresholds) = (name, largestOnly, thresholds);

    /// <summary>The rule in words.</summary>
    public string Name { get; }

    /// <summary>At or above a share of the maximum, the largest region only (Zhou et al., CVPR 2016: 20 %).</summary>
    public static BoxRule FractionOfMax(double share = 0.2) => share is > 0 and <= 1
        ? new($"at least {share} of the maximum, largest region", largestOnly: true, map => [share * Max(map)])
        : throw new ArgumentOutOfRangeException(nameof(share), $"The share of the maximum must lie in (0, 1]; got {share}.");

    /// <summary>The given percentage of cells with most evidence (ties all count), every region; the lecture's "top k percentiles".</summary>
    public static BoxRule TopPercent(double percent) => percent is > 0 and <= 100
        ? new($"top {percent} % of cells", largestOnly: false, map =>
        {
            float[] sorted = [.. map.Values.Cast<float>().OrderDescending()];
            return [sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100) - 1)]];
        })
        : throw new ArgumentOutOfRangeException(nameof(percent), $"The percentage must lie in (0, 100]; got {percent}.");

    /// <summary>Wang et al. (CVPR 2017): the map scaled to 0–255, thresholds 60 and 180 separately, every region of both.</summary>
    public static BoxRule Wang() => new("60 and 180 of 255, all regions", largestOnly: false, map => [60 / 255.0 * Max(map), 180 / 255.0 * Max(map)]);

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal IReadOnlyList<Box> Apply(Heatmap map)
    {
        if (Max(map) <= 0) return [];
        var boxes = new List<(Box Box, double Evidence, int Cells)>();
        foreach (double threshold in thresholds(map))
        {
            List<(Box Box, double Evidence, int Cells)> regions = Regions(map, Math.Max(threshold, float.Epsilon));
            boxes.AddRange(largestOnly && regions.Count > 0 ? [regions.MaxBy(region => region.Cells)] : regions);
        }

        return [.. boxes.OrderByDescending(region => region.Evidence).Select(region => region.Box).Distinct()];
    }

    private static double Max(Heatmap map) => map.Values.Cast<float>().Max();

    private static List<(Box Box, double Evidence, int Cells)> Regions(Heatmap map, double threshold)
    {
        var seen = new bool[map.Height, map.Width];
        var regions = new List<(Box, double, int)>();
        for (int y = 0; y < map.Height; y++)
            for (int x = 0; x < map.Width; x++)
                if (!seen[y, x] && map[y, x] >= threshold) regions.Add(Flood(map, threshold, seen, y, x));
        return regions;
    }

    private static (Box Box, double Evidence, int Cells) Flood(Heatmap map, double threshold, bool[,] seen, int startY, int startX)
    {
        int top = startY, bottom = startY, left = startX, right = startX, cells = 0;
        double evidence = 0;
        var open = new Stack<(int Y, int X)>();
        open.Push((startY, startX));
        seen[startY, startX] = true;
        while (open.TryPop(out (int Y, int X) at))
        {
            (top, bottom, left, right) = (Math.Min(top, at.Y), Math.Max(bottom, at.Y), Math.Min(left, at.X), Math.Max(right, at.X));
            evidence += map[at.Y, at.X];
            cells++;
            for (int y = Math.Max(0, at.Y - 1); y <= Math.Min(map.Height - 1, at.Y + 1); y++)
            {
                for (int x = Math.Max(0, at.X - 1); x <= Math.Min(map.Width - 1, at.X + 1); x++)
                {
                    if (seen[y, x] || map[y, x] < threshold) continue;
                    seen[y, x] = true;
                    open.Push((y, x));
                }
            }
        }

        return (new Box(left, top, right - left + 1, bottom - top + 1), evidence, cells);
    }
}
