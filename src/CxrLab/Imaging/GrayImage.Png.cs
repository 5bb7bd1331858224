using System.Globalization;
using NetVips;

namespace CxrLab.Imaging;

public sealed partial class GrayImage
{
    private const int ThumbnailSide = 512;

    /// <summary>The image as a grey PNG; values outside [0, 1] are clipped.</summary>
    /// <param name="bits">8 or 16.</param>
    public byte[] ToPng(int bits = 8)
    {
        if (bits is not (8 or 16)) throw new ArgumentOutOfRangeException(nameof(bits), $"A PNG is written with 8 or 16 bits; got {bits}.");
        using Image image = bits == 8
            ? Image.NewFromMemory(Array.ConvertAll(pixels, value => (byte)Quantise(value, 255)), Width, Height, 1, Enums.BandFormat.Uchar)
            : Image.NewFromMemory(Array.ConvertAll(pixels, value => (ushort)Quantise(value, 65535)), Width, Height, 1, Enums.BandFormat.Ushort);
        using Image grey = image.Copy(interpretation: bits == 8 ? Enums.Interpretation.Bw : Enums.Interpretation.Grey16);
        return grey.PngsaveBuffer(compression: 9, keep: Enums.ForeignKeep.None);
    }

    /// <summary>The image as a grey JPEG of 8 bits, which loses detail; values outside [0, 1] are clipped.</summary>
    /// <param name="quality">1 to 100.</param>
    public byte[] ToJpeg(int quality = 92)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        using Image grey = Image.NewFromMemory(Array.ConvertAll(pixels, value => (byte)Quantise(value, 255)), Width, Height, 1, Enums.BandFormat.Uchar);
        return grey.JpegsaveBuffer(q: quality, keep: Enums.ForeignKeep.None);
    }

    /// <summary>Writes <see cref="ToPng"/> to a file; the file appears whole or not at all.</summary>
    public void WritePng(string path, int bits = 8) => AtomicFile.Write(path, ToPng(bits));

    /// <summary>What a notebook shows: a PNG of at most 512 pixels a side, and a line of text.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle()
    {
        double shrink = Math.Min(1, (double)ThumbnailSide / Math.Max(Height, Width));
        GrayImage shown = shrink < 1 ? Resize(Math.Max(1, (int)(Height * shrink)), Math.Max(1, (int)(Width * shrink))) : this;
        return new Dictionary<string, string>
        {
            ["image/png"] = Convert.ToBase64String(shown.ToPng()),
            ["text/plain"] = ToString(),
        };
    }

    private static int Quantise(float value, int largest)
    {
        if (float.IsNaN(value)) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"A pixel is {value}; there is no grey for it."));
        return (int)(Math.Clamp(value, 0f, 1f) * largest + 0.5f);
    }
}
