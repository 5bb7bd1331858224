using System.Buffers.Binary;
using System.Text;

namespace CxrLab.Notebooks.Packages;

/// <summary>
/// Marks a symbol version that a native library needs as weak, so that the dynamic loader accepts the library where the version is
/// absent. It's right only for a need behind which no symbol is called; the build does the same to its own copy
/// (<c>build/MarkVersionNeedWeak.cs</c>, where the reason stands).
/// </summary>
internal static class ElfVersionNeeds
{
    private const uint GnuVersionNeeds = 0x6ffffffe; // sh_type SHT_GNU_verneed
    private const ushort Weak = 2;                   // VER_FLG_WEAK

    /// <param name="elf">A 64-bit little-endian ELF file; changed in place.</param>
    /// <param name="version">Such as <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>How many needs were marked.</returns>
    /// <exception cref="BadImageFormatException">It isn't such a file.</exception>
    public static int MarkWeak(byte[] elf, string version)
    {
        if (elf.Length < 64 || !elf.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new BadImageFormatException("It isn't a 64-bit little-endian ELF file.");
        int sections = (int)Long(elf, 0x28), size = Short(elf, 0x3a), count = Short(elf, 0x3c), marked = 0;
        foreach (int header in Enumerable.Range(0, count).Select(i => sections + i * size).Where(at => Int(elf, at + 4) == GnuVersionNeeds))
        {
            int strings = sections + (int)Int(elf, header + 0x28) * size;
            int names = (int)Long(elf, strings + 0x18);
            foreach (int entry in Entries(elf, (int)Long(elf, header + 0x18), files: (int)Int(elf, header + 0x2c)))
            {
                if (Name(elf, names + (int)Int(elf, entry + 8)) != version) continue;
                BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(entry + 4), (ushort)(Short(elf, entry + 4) | Weak));
                marked++;
            }
        }
        return marked;
    }

    /// <summary>Offsets of the vernaux entries: for each file needed, each version of it.</summary>
    private static IEnumerable<int> Entries(byte[] elf, int start, int files)
    {
        for (int need = start, n = 0; n < files; n++, need += (int)Int(elf, need + 12))
        {
            int entry = need + (int)Int(elf, need + 8);
            for (int v = Short(elf, need + 2); v > 0; v--, entry += (int)Int(elf, entry + 12)) yield return entry;
        }
    }

    private static string Name(byte[] elf, int start) => Encoding.ASCII.GetString(elf, start, Array.IndexOf(elf, (byte)0, start) - start);

    private static ushort Short(byte[] elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(at));

    private static uint Int(byte[] elf, int at) => BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan(at));

    private static long Long(byte[] elf, int at) => BinaryPrimitives.ReadInt64LittleEndian(elf.AsSpan(at));
}
