namespace CxrLab.Models;

/// <summary>The checksum of zip archives (IEEE 802.3, reflected polynomial 0xEDB88320).</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (value, _) => (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320u))];

    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint value = uint.MaxValue;
        foreach (byte one in bytes) value = (value >> 8) ^ Table[(byte)(value ^ one)];
        return ~value;
    }
}
