namespace CxrLab.Metrics;

/// <summary>
/// How far apart the outlines of two masks are. The 95th percentile of the distances, of both directions the larger, forgives single stray
/// pixels, which the plain Hausdorff distance doesn't (Huttenlocher et al., IEEE TPAMI 1993).
/// </summary>
public static class Hausdorff
{
    /// <param name="found">[H, W].</param>
    /// <param name="truth">Of the same size.</param>
    /// <param name="spacing">Size of a pixel, such as millimetres; the distance comes in the same unit.</param>
    /// <param name="percentile">In (0, 100]; 100 is the plain Hausdorff distance.</param>
    /// <returns>0 for two empty masks, infinite where only one is empty.</returns>
    /// <exception cref="ArgumentException">Sizes differ.</exception>
    public static double Compute(bool[,] found, bool[,] truth, double spacing = 1, double percentile = 95)
    {
        int h = found.GetLength(0), w = found.GetLength(1);
        if (truth.GetLength(0) != h || truth.GetLength(1) != w) throw new ArgumentException($"Masks of {h} × {w} and {truth.GetLength(0)} × {truth.GetLength(1)} can't be compared.", nameof(truth));
        if (percentile is <= 0 or > 100) throw new ArgumentOutOfRangeException(nameof(percentile), $"The percentile must lie in (0, 100]; got {percentile}.");
        bool[,] a = Outline(found), b = Outline(truth);
        bool none = !a.Cast<bool>().Any(inside => inside), noneThere = !b.Cast<bool>().Any(inside => inside);
        if (none || noneThere) return none && noneThere ? 0 : double.PositiveInfinity;
        return spacing * Math.Max(Directed(a, SquaredDistances(b), percentile), Directed(b, SquaredDistances(a), percentile));
    }

    // Pixels of the mask with a neighbour (up, down, left, right) outside; the picture's edge counts as outside.
    private static bool[,] Outline(bool[,] mask)
    {
        int h = mask.GetLength(0), w = mask.GetLength(1);
        var outline = new bool[h, w];
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++)
                outline[y, x] = mask[y, x] && (y == 0 || x == 0 || y == h - 1 || x == w - 1 || !mask[y - 1, x] || !mask[y + 1, x] || !mask[y, x - 1] || !mask[y, x + 1]);
        return outline;
    }

    private static double Directed(bool[,] from, double[,] squared, double percentile)
    {
        var distances = new List<double>();
        for (int y = 0; y < from.GetLength(0); y++)
            for (int x = 0; x < from.GetLength(1); x++)
                if (from[y, x]) distances.Add(Math.Sqrt(squared[y, x]));
        distances.Sort();
        double at = percentile / 100 * (distances.Count - 1);
        int below = (int)at;
        return below + 1 < distances.Count ? distances[below] + ((at - below) * (distances[below + 1] - distances[below])) : distances[^1];
    }

    // Exact squared Euclidean distance to the nearest set pixel, columns then rows (Felzenszwalb and Huttenlocher, Theory of Computing 2012).
    private static double[,] SquaredDistances(bool[,] set)
    {
        int h = set.GetLength(0), w = set.GetLength(1);
        const double far = 1e18;
        var distance = new double[h, w];
        var line = new double[Math.Max(h, w)];
        for (int x = 0; x < w; x++)
        {
            for (int y = 0; y < h; y++) line[y] = set[y, x] ? 0 : far;
            double[] column = LowerEnvelope(line.AsSpan(0, h));
            for (int y = 0; y < h; y++) distance[y, x] = column[y];
        }

        for (int y = 0; y < h; y++)
        {
            for (int x = 0; x < w; x++) line[x] = distance[y, x];
            double[] row = LowerEnvelope(line.AsSpan(0, w));
            for (int x = 0; x < w; x++) distance[y, x] = row[x];
        }

        return distance;
    }

    // min over q of (p - q)² + f(q), for all p: the lower envelope of parabolas.
    private static double[] LowerEnvelope(ReadOnlySpan<double> f)
    {
        int n = f.Length, k = 0;
        int[] roots = new int[n];
        double[] from = new double[n + 1], result = new double[n];
        (from[0], from[1]) = (double.NegativeInfinity, double.PositiveInfinity);
        for (int q = 1; q < n; q++)
        {
            double meet;
            while (true)
            {
                int root = roots[k];
                meet = (f[q] + ((double)q * q) - (f[root] + ((double)root * root))) / (2.0 * (q - root));
                if (meet > from[k] || k == 0) break;
                k--;
            }

            if (meet <= from[k]) roots[k] = q; // only at k = 0, where from is minus infinity: can't be
            else (roots[++k], from[k], from[k + 1]) = (q, meet, double.PositiveInfinity);
        }

        for (int p = 0, at = 0; p < n; p++)
        {
            while (from[at + 1] < p) at++;
            result[p] = ((double)(p - roots[at]) * (p - roots[at])) + f[roots[at]];
        }

        return result;
    }
}
