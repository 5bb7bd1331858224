using CxrLab.Imaging.Dicom;
using NetVips;

namespace CxrLab.Imaging;

public sealed partial class GrayImage
{
    /// <summary>Larger images are refused before decoding: a 1 MB file can unpack to gigabytes.</summary>
    public const long MaxPixels = 100_000_000;

    // What libvips warns of (a colour profile on a grey image) changes no pixel; what does is an error by failOn. Kept here, or it would be collected.
    private static readonly Log.LogDelegate Quiet = (_, _, _) => { };

    static GrayImage()
    {
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Quiet);
        // Loaders decode in parallel themselves; libvips' own threads and its cache of results would only add memory.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
    }

    /// <summary>Bits per channel in the file: 1 to 16 (32 in some DICOM files); 0 for an image that was computed.</summary>
    public int BitDepth { get; internal init; }

    /// <summary>
    /// Reads a PNG (1 to 16 bits, grey, colour, palette, interlaced), a JPEG or a DICOM file, told by its content. 16 bits are kept; colour
    /// becomes grey by ITU-R 601 luma; alpha is dropped (the data sets' RGBA files are opaque); the camera's EXIF orientation is applied.
    /// DICOM comes as a screen shows it (<see cref="DicomImage.ToGray"/>): windowed, and turned where it is MONOCHROME1.
    /// </summary>
    /// <exception cref="ImageFormatException">The file is missing, not an image, cut off, damaged, or above <see cref="MaxPixels"/>.</exception>
    public static GrayImage Read(string path) => Decode(ImageFile.ReadBytes(path), path);

    /// <summary>Decodes a PNG, JPEG or DICOM file in memory, as <see cref="Read"/> does.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">Named in errors.</param>
    /// <exception cref="ImageFormatException">As for <see cref="Read"/>.</exception>
    public static GrayImage Decode(byte[] bytes, string name)
    {
        if (bytes.Length == 0) throw new ImageFormatException(name, "the file is empty; fetch it again.");
        if (!IsPng(bytes) && !IsJpeg(bytes)) return DicomFile.IsDicom(bytes) ? OneFrame(DicomImage.Of(DicomFile.Decode(bytes, name))) : throw Unknown(bytes, name);
        try
        {
            using Image header = Image.NewFromBuffer(bytes, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
            if ((long)header.Width * header.Height > MaxPixels)
                throw new ImageFormatException(name, $"it says {header.Width} × {header.Height} pixels; more than {MaxPixels / 1_000_000} megapixels are refused.");
            using Image upright = header.Autorot();
            using Image plain = upright.Interpretation == Enums.Interpretation.Cmyk ? upright.Colourspace(Enums.Interpretation.Srgb) : upright.Copy();
            return plain.Format == Enums.BandFormat.Ushort
                ? Grey(plain, 65535, Depth(header, 16), plain.WriteToMemory<ushort>(), sample => sample)
                : Grey(plain, 255, Depth(header, 8), plain.WriteToMemory<byte>(), sample => sample);
        }
        catch (VipsException error)
        {
            throw new ImageFormatException(name, $"the image is cut off or damaged ({error.Message.Replace('\n', ' ').Trim()}); fetch it again.", error);
        }
    }

    private static GrayImage OneFrame(DicomImage image) => image.Layout.Frames == 1
        ? image.ToGray()
        : throw image.File.Data.Error($"it holds {image.Layout.Frames} frames; choose one with DicomImage.Read(path).ToGray(frame).");

    private static ImageFormatException Unknown(byte[] bytes, string name) =>
        new(name, $"this is neither PNG nor JPEG nor DICOM; the first bytes are {Convert.ToHexString(bytes.AsSpan(0, Math.Min(8, bytes.Length)))}.");

    private static GrayImage Grey<T>(Image image, float largest, int depth, T[] samples, Func<T, int> number)
    {
        int bands = image.Bands, area = image.Width * image.Height;
        var pixels = new float[area];
        for (int i = 0; i < area; i++)
        {
            int at = i * bands, first = number(samples[at]);
            if (bands < 3)
            {
                pixels[i] = first / largest;
                continue;
            }

            // ITU-R 601 in 16-bit fixed point: a grey pixel stored as colour keeps exactly its value.
            long luma = (first * 19595L + number(samples[at + 1]) * 38470L + number(samples[at + 2]) * 7471L + 0x8000) >> 16;
            pixels[i] = luma / largest;
        }

        return new GrayImage(image.Height, image.Width, pixels) { BitDepth = depth };
    }

    private static int Depth(Image header, int otherwise)
    {
        foreach (string field in new[] { "bits-per-sample", "palette-bit-depth" })
            if (header.Contains(field) && header.Get(field) is int bits) return bits;
        return otherwise;
    }

    private static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']);

    private static bool IsJpeg(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8]);
}
