using System.Buffers.Binary;
using System.IO.Compression;

namespace CxrLab.Tests.Imaging;

/// <summary>Writes PNG files of every kind by the standard alone, so that a decoder is tested against known samples.</summary>
internal static class PngMaker
{
    internal const int Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, Rgba = 6;

    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">Per sample.</param>
    /// <param name="type">The standard's colour type.</param>
    /// <param name="samples">[height × width × channels].</param>
    /// <param name="palette">Red, green, blue per entry.</param>
    /// <param name="interlaced">In seven passes.</param>
    /// <param name="rows">False: the header promises rows that the file lacks.</param>
    internal static byte[] Make(int width, int height, int bits, int type, int[] samples, byte[]? palette = null, bool interlaced = false, bool rows = true)
    {
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)bits, (byte)type, (byte)(interlaced ? 1 : 0));
        Chunk(file, "IHDR", header);
        if (palette is not null) Chunk(file, "PLTE", palette);
        Chunk(file, "IDAT", Packed(width, rows ? height : 0, bits, Channels(type), samples, interlaced));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>Random samples for <see cref="Make"/>.</summary>
    internal static int[] Samples(int width, int height, int bits, int type, int seed)
    {
        Random random = Seed.Random(seed);
        return [.. Enumerable.Range(0, width * height * Channels(type)).Select(_ => random.Next(1 << bits))];
    }

    internal static int Channels(int type) => type switch { Rgb => 3, GreyAlpha => 2, Rgba => 4, _ => 1 };

    private static byte[] Packed(int width, int height, int bits, int channels, int[] samples, bool interlaced)
    {
        var rows = new MemoryStream();
        foreach ((int x0, int y0, int stepX, int stepY) in interlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            if (x0 >= width) continue;
            for (int y = y0; y < height; y += stepY)
            {
                rows.WriteByte(0); // no filter
                int collected = 0, held = 0;
                for (int x = x0; x < width; x += stepX)
                {
                    for (int channel = 0; channel < channels; channel++)
                    {
                        int sample = samples[(y * width + x) * channels + channel];
                        if (bits == 16) rows.WriteByte((byte)(sample >> 8));
                        (collected, held) = ((collected << Math.Min(bits, 8)) | (sample & 0xff), held + Math.Min(bits, 8));
                        if (held < 8) continue;
                        rows.WriteByte((byte)collected);
                        (collected, held) = (0, 0);
                    }
                }

                if (held > 0) rows.WriteByte((byte)(collected << (8 - held)));
            }
        }

        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write(rows.ToArray());
        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, string name, byte[] data)
    {
        byte[] body = [.. name.Select(letter => (byte)letter), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = 0xffffffff;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xedb88320);
        }

        return ~crc;
    }
}
