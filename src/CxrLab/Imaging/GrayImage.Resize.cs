namespace CxrLab.Imaging;

public sealed partial class GrayImage
{
    /// <summary>
    /// The image at another size by a triangle filter whose width grows when shrinking, so that fine structures don't alias: the
    /// same as PIL's BILINEAR within 1/255. Done here on floats, because image libraries would round 16 bits away in between.
    /// </summary>
    /// <param name="height">New rows, at least 1.</param>
    /// <param name="width">New columns, at least 1; the picture is stretched where the sides' ratio changes.</param>
    public GrayImage Resize(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (height == Height && width == Width) return this;
        Tap[] across = Taps(Width, width), down = Taps(Height, height);
        var narrow = new float[Height * width];
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<float> row = pixels.AsSpan(y * Width, Width);
            for (int x = 0; x < width; x++)
            {
                Tap tap = across[x];
                float sum = 0;
                for (int k = 0; k < tap.Weights.Length; k++) sum += tap.Weights[k] * row[tap.First + k];
                narrow[y * width + x] = sum;
            }
        }

        var result = new float[height * width];
        for (int y = 0; y < height; y++)
        {
            Tap tap = down[y];
            Span<float> row = result.AsSpan(y * width, width);
            for (int k = 0; k < tap.Weights.Length; k++)
            {
                float weight = tap.Weights[k];
                ReadOnlySpan<float> source = narrow.AsSpan((tap.First + k) * width, width);
                for (int x = 0; x < row.Length; x++) row[x] += weight * source[x];
            }
        }

        return new GrayImage(height, width, result) { BitDepth = BitDepth };
    }

    private static Tap[] Taps(int from, int to)
    {
        double scale = (double)from / to, reach = Math.Max(1, scale);
        var taps = new Tap[to];
        for (int i = 0; i < to; i++)
        {
            double centre = (i + 0.5) * scale;
            int first = Math.Max(0, (int)(centre - reach + 0.5)), end = Math.Min(from, (int)(centre + reach + 0.5));
            double[] weights = [.. Enumerable.Range(first, end - first).Select(k => Math.Max(0, 1 - Math.Abs((k + 0.5 - centre) / reach)))];
            double sum = weights.Sum();
            taps[i] = new Tap(first, [.. weights.Select(weight => (float)(weight / sum))]);
        }

        return taps;
    }

    private readonly record struct Tap(int First, float[] Weights);
}
