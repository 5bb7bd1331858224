using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CxrLab.Imaging;

namespace CxrLab.Data;

/// <summary>Two fingerprints of a picture: one of its exact pixels, one of what it looks like.</summary>
/// <param name="Exact">SHA-256 of size and decoded pixels: equal for a copy in another lossless file.</param>
/// <param name="Look">
/// 256 bits, each telling whether one of 16 × 16 places is brighter than its right neighbour (difference hash). Resizing, JPEG and
/// a linear change of brightness leave most bits as they are. Four times the usual 64 bits, because one chest is much like another.
/// </param>
public sealed record ImageHash(string Exact, IReadOnlyList<ulong> Look)
{
    private const int Side = 16;

    /// <summary>Hashes a picture.</summary>
    public static ImageHash Of(GrayImage image)
    {
        var size = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, image.Height);
        BinaryPrimitives.WriteInt32LittleEndian(size.AsSpan(4), image.Width);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(size);
        sha.AppendData(MemoryMarshal.AsBytes(image.Pixels));
        float[,] small = Averages(image);
        var look = new ulong[Side * Side / 64];
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
                if (small[y, x] > small[y, x + 1]) look[(y * Side + x) / 64] |= 1UL << ((y * Side + x) % 64);
        return new(Convert.ToHexString(sha.GetHashAndReset()), look);
    }

    /// <summary>Number of bits of <see cref="Look"/> that differ, 0 to 256.</summary>
    public int Distance(ImageHash other)
    {
        int bits = 0;
        for (int i = 0; i < Look.Count; i++) bits += BitOperations.PopCount(Look[i] ^ other.Look[i]);
        return bits;
    }

    // [16, 17] means of equal areas; a mean over many pixels hardly feels noise or compression.
    private static float[,] Averages(GrayImage image)
    {
        var sums = new float[Side, Side + 1];
        for (int y = 0; y < Side; y++)
        {
            int top = y * image.Height / Side, bottom = Math.Max(top + 1, (y + 1) * image.Height / Side);
            for (int x = 0; x <= Side; x++)
            {
                int left = x * image.Width / (Side + 1), right = Math.Max(left + 1, (x + 1) * image.Width / (Side + 1));
                double sum = 0;
                for (int row = top; row < bottom; row++)
                    foreach (float pixel in image.Pixels.Slice(row * image.Width + left, right - left)) sum += pixel;
                sums[y, x] = (float)(sum / ((bottom - top) * (right - left)));
            }
        }

        return sums;
    }
}
