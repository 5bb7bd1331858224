using System.Globalization;

namespace CxrLab.Explain;

/// <summary>
/// Evidence for a finding over the image, [H, W], raw and signed: negative values speak against the finding. Every step that
/// changes the values has a name and is the caller's choice; min-max scaling alone would make no evidence look like strong evidence.
/// </summary>
public sealed class Heatmap
{
    private readonly float[,] values;

    /// <param name="finding">Name of the finding explained.</param>
    /// <param name="values">[H, W]; copied.</param>
    /// <exception cref="ArgumentException">The map is empty or holds NaN.</exception>
    public Heatmap(string finding, float[,] values)
    {
        if (values.Length == 0) throw new ArgumentException("A heat map needs at least one cell.", nameof(values));
        foreach (float value in values)
            if (!float.IsFinite(value)) throw new ArgumentException($"The heat map of {finding} holds {value}; the model's features are no longer numbers.", nameof(values));
        (Finding, this.values) = (finding, (float[,])values.Clone());
    }

    /// <summary>Name of the finding explained.</summary>
    public string Finding { get; }

    /// <summary>Rows.</summary>
    public int Height => values.GetLength(0);

    /// <summary>Columns.</summary>
    public int Width => values.GetLength(1);

    /// <summary>A copy of the values.</summary>
    public float[,] Values => (float[,])values.Clone();

    /// <summary>Evidence at row <paramref name="y"/>, column <paramref name="x"/>.</summary>
    public float this[int y, int x] => values[y, x];

    /// <summary>The cell with most evidence.</summary>
    public (int Y, int X) Peak
    {
        get
        {
            (int Y, int X) peak = (0, 0);
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                    if (values[y, x] > values[peak.Y, peak.X]) peak = (y, x);
            return peak;
        }
    }

    /// <summary>The map at another size, bilinear between cell centres (half-pixel centres, edge cells go on to the border).</summary>
    public Heatmap Resize(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var result = new float[height, width];
        for (int y = 0; y < height; y++)
        {
            (int top, int bottom, double down) = Neighbours(y, height, Height);
            for (int x = 0; x < width; x++)
            {
                (int left, int right, double across) = Neighbours(x, width, Width);
                double upper = values[top, left] * (1 - across) + values[top, right] * across;
                double lower = values[bottom, left] * (1 - across) + values[bottom, right] * across;
                result[y, x] = (float)(upper * (1 - down) + lower * down);
            }
        }

        return new Heatmap(Finding, result);
    }

    /// <summary>Evidence for the finding only, scaled to [0, 1]: negative values become 0; a map without positive evidence is all 0.</summary>
    public Heatmap ReluMinMax()
    {
        float[] positive = [.. values.Cast<float>().Select(value => Math.Max(0, value))];
        float low = positive.Min(), range = positive.Max() - low;
        return Map(value => range > 0 ? (Math.Max(0, value) - low) / range : 0);
    }

    /// <summary>Boxes around the strongest regions, strongest first, in this map's pixels.</summary>
    public IReadOnlyList<Box> ToBoxes(BoxRule rule) => rule.Apply(this);

    /// <summary>Share of the positive evidence inside a box, in [0, 1]; cells are split where the box cuts them. 0 where there is no positive evidence.</summary>
    /// <param name="box">In this map's pixels.</param>
    public double EnergyIn(Box box)
    {
        double inside = 0, all = 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double energy = Math.Max(0, values[y, x]);
                all += energy;
                inside += energy * box.Overlap(new Box(x, y, 1, 1));
            }
        }

        return all > 0 ? inside / all : 0;
    }

    /// <summary>What a notebook shows when a map stands alone.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle()
    {
        Heatmap scaled = ReluMinMax();
        int side = Math.Max(1, 256 / Math.Max(Height, Width));
        var picture = new Imaging.GrayImage(Height, Width, [.. scaled.values.Cast<float>()]).Resize(Height * side, Width * side);
        return new Dictionary<string, string> { ["image/png"] = Convert.ToBase64String(picture.ToPng()), ["text/plain"] = ToString() };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"heat map of {Finding}, {Height} × {Width}, evidence from {values.Cast<float>().Min():G3} to {values.Cast<float>().Max():G3}");

    private Heatmap Map(Func<float, float> change)
    {
        var result = new float[Height, Width];
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++) result[y, x] = change(values[y, x]);
        return new Heatmap(Finding, result);
    }

    private static (int Before, int After, double Share) Neighbours(int position, int size, int cells)
    {
        double at = Math.Clamp((position + 0.5) * cells / size - 0.5, 0, cells - 1);
        int before = (int)at;
        return (before, Math.Min(before + 1, cells - 1), at - before);
    }
}
