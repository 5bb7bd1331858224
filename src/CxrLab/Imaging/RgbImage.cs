using NetVips;

namespace CxrLab.Imaging;

/// <summary>A colour picture for people: an X-ray with a heat map and boxes drawn over it.</summary>
public sealed class RgbImage
{
    private readonly byte[] samples; // [H, W, 3]

    private RgbImage(int height, int width, byte[] samples) => (Height, Width, this.samples) = (height, width, samples);

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>The grey image in three equal channels.</summary>
    public static RgbImage FromGray(GrayImage image)
    {
        var samples = new byte[image.Height * image.Width * 3];
        for (int i = 0; i < image.Pixels.Length; i++) samples.AsSpan(i * 3, 3).Fill((byte)(Math.Clamp(image.Pixels[i], 0f, 1f) * 255 + 0.5f));
        return new RgbImage(image.Height, image.Width, samples);
    }

    /// <summary>Lays a heat map over the picture; where it is 0 the picture stays as it is.</summary>
    /// <param name="heat">[H, W] of the same size, in [0, 1].</param>
    /// <param name="opacity">Opacity where the heat is 1, in [0, 1].</param>
    public RgbImage Blend(float[,] heat, double opacity = 0.55)
    {
        if (heat.GetLength(0) != Height || heat.GetLength(1) != Width)
            throw new ArgumentException($"The heat map is {heat.GetLength(0)} × {heat.GetLength(1)}, the picture {Height} × {Width}; resize the map first.", nameof(heat));
        byte[] blended = [.. samples];
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                double value = Math.Clamp(heat[y, x], 0, 1), share = opacity * value;
                (double red, double green, double blue) = Warm(value);
                Span<byte> pixel = blended.AsSpan((y * Width + x) * 3, 3);
                pixel[0] = Mix(pixel[0], red, share);
                pixel[1] = Mix(pixel[1], green, share);
                pixel[2] = Mix(pixel[2], blue, share);
            }
        }

        return new RgbImage(Height, Width, blended);
    }

    /// <summary>Draws a box's outline; parts outside the picture are left out.</summary>
    /// <param name="box">In this picture's pixels.</param>
    /// <param name="color">Red, green, blue in 0 to 255.</param>
    /// <param name="thickness">In pixels, drawn inwards.</param>
    public RgbImage DrawBox(Box box, (byte Red, byte Green, byte Blue) color, int thickness = 2)
    {
        byte[] drawn = [.. samples];
        int left = (int)Math.Round(box.X), top = (int)Math.Round(box.Y), right = (int)Math.Round(box.Right) - 1, bottom = (int)Math.Round(box.Bottom) - 1;
        for (int y = Math.Max(0, top); y <= Math.Min(Height - 1, bottom); y++)
        {
            for (int x = Math.Max(0, left); x <= Math.Min(Width - 1, right); x++)
            {
                if (x - left >= thickness && right - x >= thickness && y - top >= thickness && bottom - y >= thickness) continue;
                (drawn[(y * Width + x) * 3], drawn[(y * Width + x) * 3 + 1], drawn[(y * Width + x) * 3 + 2]) = color;
            }
        }

        return new RgbImage(Height, Width, drawn);
    }

    /// <summary>Draws the edge of a mask: its pixels with a neighbour outside.</summary>
    /// <param name="mask">Row by row, of the picture's size.</param>
    /// <param name="color">Red, green, blue in 0 to 255.</param>
    public RgbImage DrawOutline(ReadOnlySpan<bool> mask, (byte Red, byte Green, byte Blue) color)
    {
        if (mask.Length != Height * Width) throw new ArgumentException($"A mask of {mask.Length} pixels doesn't fit a picture of {Width} × {Height}.", nameof(mask));
        byte[] drawn = [.. samples];
        for (int i = 0; i < mask.Length; i++)
        {
            (int y, int x) = (i / Width, i % Width);
            if (!mask[i] || (y > 0 && mask[i - Width] && y < Height - 1 && mask[i + Width] && x > 0 && mask[i - 1] && x < Width - 1 && mask[i + 1])) continue;
            (drawn[i * 3], drawn[(i * 3) + 1], drawn[(i * 3) + 2]) = color;
        }

        return new RgbImage(Height, Width, drawn);
    }

    /// <summary>The picture as a PNG.</summary>
    public byte[] ToPng()
    {
        using Image image = Image.NewFromMemory(samples, Width, Height, 3, Enums.BandFormat.Uchar);
        using Image colour = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return colour.PngsaveBuffer(compression: 9, keep: Enums.ForeignKeep.None);
    }

    /// <summary>The picture as a JPEG: a fifth of a PNG's size, for pages; grey levels change by a few of 255.</summary>
    /// <param name="quality">1 to 100.</param>
    public byte[] ToJpeg(int quality = 85)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        using Image image = Image.NewFromMemory(samples, Width, Height, 3, Enums.BandFormat.Uchar);
        using Image colour = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return colour.JpegsaveBuffer(q: quality, keep: Enums.ForeignKeep.None);
    }

    /// <summary>Writes the PNG; the file appears whole or not at all.</summary>
    public void WritePng(string path) => AtomicFile.Write(path, ToPng());

    /// <summary>What a notebook shows.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["image/png"] = Convert.ToBase64String(ToPng()),
        ["text/plain"] = $"{Width}×{Height} colour picture",
    };

    /// <summary>
    /// The colours of heat from 0 to 1: violet over red and orange to yellow. Brightness rises all the way, so it reads without colour
    /// vision too.
    /// </summary>
    internal static readonly (double At, int Red, int Green, int Blue)[] Heat = [(0, 60, 10, 90), (0.35, 150, 30, 100), (0.65, 235, 85, 40), (1, 255, 215, 70)];

    private static (double Red, double Green, double Blue) Warm(double value)
    {
        int k = value < Heat[1].At ? 0 : value < Heat[2].At ? 1 : 2;
        double share = (value - Heat[k].At) / (Heat[k + 1].At - Heat[k].At);
        return (Heat[k].Red + share * (Heat[k + 1].Red - Heat[k].Red), Heat[k].Green + share * (Heat[k + 1].Green - Heat[k].Green), Heat[k].Blue + share * (Heat[k + 1].Blue - Heat[k].Blue));
    }

    private static byte Mix(byte under, double over, double share) => (byte)(under * (1 - share) + over * share + 0.5);
}
