using System.Globalization;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>Evidence for one finding per pixel; above 0 it speaks for the finding, below 0 against it.</summary>
/// <param name="Values">[Height, Width], raw and signed.</param>
/// <param name="Finding">Name of the finding that it explains.</param>
public sealed record Heatmap(float[,] Values, string Finding)
{
    /// <summary>Number of rows.</summary>
    public int Height => Values.GetLength(0);

    /// <summary>Number of columns.</summary>
    public int Width => Values.GetLength(1);

    /// <summary>The pixel with the strongest evidence; of equal ones the first in reading order.</summary>
    public (int X, int Y, float Value) Peak
    {
        get
        {
            (int X, int Y, float Value) peak = (0, 0, Values[0, 0]);
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                    if (Values[y, x] > peak.Value) peak = (x, y, Values[y, x]);
            return peak;
        }
    }

    /// <summary>
    /// Bilinear resize with half-pixel centres and no antialiasing, as PyTorch and OpenCV do it. Meant for enlarging a map to its image.
    /// </summary>
    /// <param name="height">New height, at least 1.</param>
    /// <param name="width">New width, at least 1.</param>
    public Heatmap Resize(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        float[,] resized = new float[height, width];
        for (int y = 0; y < height; y++)
        {
            (int top, int bottom, double down) = Between(y, height, Height);
            for (int x = 0; x < width; x++)
            {
                (int left, int right, double across) = Between(x, width, Width);
                double upper = Values[top, left] + (across * (Values[top, right] - Values[top, left]));
                double lower = Values[bottom, left] + (across * (Values[bottom, right] - Values[bottom, left]));
                resized[y, x] = (float)(upper + (down * (lower - upper)));
            }
        }

        return this with { Values = resized };
    }

    /// <summary>
    /// Evidence against the finding cut to 0, the rest stretched to [0, 1], as most published figures show it. Sign and size of the
    /// evidence are lost: a map of almost nothing looks as hot as a sure one. A map without differences becomes all 0.
    /// </summary>
    public Heatmap ReluMinMax()
    {
        float[] positive = [.. Values.Cast<float>().Select(value => Math.Max(value, 0))];
        float low = positive.Min(), range = positive.Max() - low;
        return Map(value => range > 0 ? (Math.Max(value, 0) - low) / range : 0);
    }

    /// <summary>Boxes around the 8-connected regions that the rule marks, those with the most evidence first.</summary>
    /// <returns>Boxes in this map's pixels; resize the map first to get them in the image's.</returns>
    public IReadOnlyList<Box> ToBoxes(BoxRule rule)
    {
        var regions = rule.Marks(this).SelectMany(marked => Regions.Of(Values, marked)).OrderByDescending(region => region.Evidence);
        return rule.OnlyLargest
            ? [.. regions.OrderByDescending(region => region.Pixels).Take(1).Select(region => region.Box)]
            : [.. regions.Select(region => region.Box)];
    }

    /// <summary>
    /// The share of all positive evidence that lies inside <paramref name="box"/> (energy-based pointing game, Wang et al., Score-CAM,
    /// CVPRW 2020), in [0, 1]; pixels on the edge count by their covered part. 0 where there is no positive evidence.
    /// </summary>
    public double EnergyIn(Box box)
    {
        double inside = 0, total = 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double energy = Math.Max(Values[y, x], 0);
                total += energy;
                inside += energy * new Box(x, y, 1, 1).Overlap(box);
            }
        }

        return total > 0 ? inside / total : 0;
    }

    /// <summary>What a notebook shows: MIME type → content.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string> { ["text/plain"] = ToString() };

    /// <inheritdoc/>
    public override string ToString()
    {
        (int x, int y, float value) = Peak;
        return string.Create(CultureInfo.InvariantCulture, $"Heatmap of {Finding}, {Height}×{Width}, {Values.Cast<float>().Min():G4} to {value:G4}, peak at x {x}, y {y}");
    }

    /// <summary>A map from a tensor [h, w], on any device.</summary>
    internal static Heatmap From(Tensor map, string finding)
    {
        using var scope = NewDisposeScope();
        return FromMany(map.unsqueeze(0), [finding])[0];
    }

    /// <summary>Maps from a tensor [T, h, w], on any device, in one copy.</summary>
    internal static IReadOnlyList<Heatmap> FromMany(Tensor maps, IReadOnlyList<string> findings)
    {
        using var scope = NewDisposeScope();
        float[] flat = maps.detach().cpu().to_type(ScalarType.Float32).contiguous().data<float>().ToArray();
        int height = (int)maps.shape[1], width = (int)maps.shape[2];
        var heats = new Heatmap[findings.Count];
        for (int i = 0; i < heats.Length; i++)
        {
            float[,] values = new float[height, width];
            Buffer.BlockCopy(flat, i * height * width * sizeof(float), values, 0, height * width * sizeof(float));
            heats[i] = new(values, findings[i]);
        }

        return heats;
    }

    private static (int Low, int High, double Part) Between(int target, int targets, int sources)
    {
        double place = Math.Max(((target + 0.5) * sources / targets) - 0.5, 0);
        int low = Math.Min((int)place, sources - 1);
        return (low, Math.Min(low + 1, sources - 1), place - low);
    }

    private Heatmap Map(Func<float, float> change)
    {
        float[,] changed = new float[Height, Width];
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                changed[y, x] = change(Values[y, x]);
        return this with { Values = changed };
    }
}
