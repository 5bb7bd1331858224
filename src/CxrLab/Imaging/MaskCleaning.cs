namespace CxrLab.Imaging;

/// <summary>Mends masks by what is known of anatomy: there are two lungs, and they have no holes.</summary>
public static class MaskCleaning
{
    /// <summary>Keeps the largest regions (8-connected) and drops the rest; of equal ones those higher up stay.</summary>
    /// <param name="mask">Row by row, [H·W].</param>
    /// <param name="width">W.</param>
    /// <param name="regions">How many stay, at least one.</param>
    public static bool[] KeepLargest(ReadOnlySpan<bool> mask, int width, int regions = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(regions, 1);
        int[][] kept = [.. Regions(mask, width, corners: true).OrderByDescending(region => region.Length).Take(regions)];
        var cleaned = new bool[mask.Length];
        foreach (int pixel in kept.SelectMany(region => region)) cleaned[pixel] = true;
        return cleaned;
    }

    /// <summary>Fills what the mask encloses: background (4-connected) that doesn't reach the picture's edge.</summary>
    /// <inheritdoc cref="KeepLargest"/>
    public static bool[] FillHoles(ReadOnlySpan<bool> mask, int width)
    {
        int height = mask.Length / width;
        var outside = new bool[mask.Length];
        for (int i = 0; i < mask.Length; i++) outside[i] = !mask[i];
        bool[] filled = mask.ToArray();
        foreach (int[] region in Regions(outside, width, corners: false))
        {
            if (region.Any(pixel => pixel % width == 0 || pixel % width == width - 1 || pixel / width == 0 || pixel / width == height - 1)) continue;
            foreach (int pixel in region) filled[pixel] = true;
        }

        return filled;
    }

    private static List<int[]> Regions(ReadOnlySpan<bool> mask, int width, bool corners)
    {
        if (width < 1 || mask.Length % width != 0) throw new ArgumentException($"{mask.Length} pixels don't make rows of {width}.", nameof(width));
        bool[] open = mask.ToArray();
        var regions = new List<int[]>();
        for (int i = 0; i < open.Length; i++)
            if (open[i]) regions.Add(Grow(open, width, i, corners));
        return regions;
    }

    private static int[] Grow(bool[] open, int width, int start, bool corners)
    {
        int height = open.Length / width;
        var region = new List<int> { start };
        open[start] = false;
        for (int next = 0; next < region.Count; next++) // no recursion: one region can fill the picture
        {
            int y = region[next] / width, x = region[next] % width;
            for (int v = Math.Max(y - 1, 0); v <= Math.Min(y + 1, height - 1); v++)
            {
                for (int u = Math.Max(x - 1, 0); u <= Math.Min(x + 1, width - 1); u++)
                {
                    if (!open[(v * width) + u] || (!corners && u != x && v != y)) continue;
                    open[(v * width) + u] = false;
                    region.Add((v * width) + u);
                }
            }
        }

        return [.. region];
    }
}
