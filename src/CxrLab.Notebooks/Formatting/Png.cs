using System.Buffers.Binary;
using System.IO.Compression;

namespace CxrLab.Notebooks.Formatting;

/// <summary>Writes small 8-bit pictures. This program references no image library: it would shadow the one that a notebook brings.</summary>
internal static class Png
{
    private const int LongestSide = 256;
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) != 0 ? 0xedb88320 ^ (c >> 1) : c >> 1))];

    /// <param name="values">[C, H, W], C is 1 or 3.</param>
    /// <param name="channels">1 for grey, 3 for red, green, blue.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="low">Shown black.</param>
    /// <param name="high">Shown white.</param>
    public static byte[] Thumbnail(float[] values, int channels, int height, int width, float low, float high)
    {
        double shrink = Math.Max(1.0, Math.Max(height, width) / (double)LongestSide);
        int rows = Math.Max(1, (int)(height / shrink)), columns = Math.Max(1, (int)(width / shrink));
        var pixels = new byte[rows * (1 + columns * channels)]; // each row begins with its filter, 0 for none
        for (int y = 0; y < rows; y++)
            for (int x = 0; x < columns; x++)
                for (int c = 0; c < channels; c++)
                    pixels[y * (1 + columns * channels) + 1 + x * channels + c] = Level(Mean(values, c * height * width, width,
                        (int)(y * shrink), Math.Max((int)(y * shrink) + 1, (int)((y + 1) * shrink)),
                        (int)(x * shrink), Math.Max((int)(x * shrink) + 1, (int)((x + 1) * shrink))), low, high);
        return Encode(pixels, rows, columns, channels);
    }

    private static float Mean(float[] values, int start, int width, int top, int bottom, int left, int right)
    {
        float sum = 0;
        for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++) sum += values[start + y * width + x];
        return sum / ((bottom - top) * (right - left));
    }

    private static byte Level(float value, float low, float high) =>
        float.IsNaN(value) ? (byte)0 : (byte)(Math.Clamp((value - low) / Math.Max(high - low, 1e-12f), 0f, 1f) * 255 + 0.5f);

    private static byte[] Encode(byte[] pixels, int rows, int columns, int channels)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), rows);
        header[8] = 8; // bits
        header[9] = (byte)(channels == 3 ? 2 : 0); // colour or grey
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(pixels);
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(name);
        png.Write(data);
        uint crc = 0xffffffff;
        foreach (byte item in name) crc = CrcTable[(crc ^ item) & 0xff] ^ (crc >> 8);
        foreach (byte item in data) crc = CrcTable[(crc ^ item) & 0xff] ^ (crc >> 8);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        png.Write(number);
    }
}
