namespace CxrLab.Tests.Losses;

/// <summary>MONAI's overlap losses once more, in loops over plain numbers: an independent second route.</summary>
internal sealed class PlainOverlap(double[,,] p, double[,,] g, double[,,]? valid = null)
{
    private readonly int images = p.GetLength(0), channels = p.GetLength(1), pixels = p.GetLength(2);

    /// <summary>One minus the score of every image and channel, or channel when summed over the batch.</summary>
    internal double[] Costs(Func<double, double, double, double> ratio, bool squared, bool batch, bool background = true)
    {
        var costs = new List<double>();
        int first = background ? 0 : 1;
        for (int image = 0; image < (batch ? 1 : images); image++)
        {
            for (int c = first; c < channels; c++)
            {
                (double both, double one, double other) = Areas(batch ? Enumerable.Range(0, images) : [image], c, squared);
                costs.Add(1 - ratio(both, one, other));
            }
        }

        return [.. costs];
    }

    internal double[] Generalised(Func<double, double> weight, bool batch, double smooth)
    {
        var costs = new List<double>();
        for (int image = 0; image < (batch ? 1 : images); image++)
        {
            var areas = Enumerable.Range(0, channels).Select(c => Areas(batch ? Enumerable.Range(0, images) : [image], c, false)).ToArray();
            double[] w = [.. areas.Select(area => weight(area.Other))];
            double largest = w.Where(double.IsFinite).DefaultIfEmpty(0).Max();
            w = [.. w.Select(value => double.IsFinite(value) ? value : largest)];
            double above = 0, below = 0;
            for (int c = 0; c < channels; c++) (above, below) = (above + (2 * w[c] * areas[c].Both), below + (w[c] * (areas[c].One + areas[c].Other)));
            costs.Add(1 - ((above + smooth) / (below + smooth)));
        }

        return [.. costs];
    }

    private (double Both, double One, double Other) Areas(IEnumerable<int> over, int c, bool squared)
    {
        double both = 0, one = 0, other = 0;
        foreach (int image in over)
        {
            for (int i = 0; i < pixels; i++)
            {
                if (valid is not null && valid[image, c, i] == 0) continue;
                double a = p[image, c, i], b = g[image, c, i];
                both += a * b;
                one += squared ? a * a : a;
                other += squared ? b * b : b;
            }
        }

        return (both, one, other);
    }
}
