using System.Text;

namespace CxrLab.Tests.Data.Fixtures;

/// <summary>Damages a file the ways that downloads, editors and spreadsheets do.</summary>
internal static class Damage
{
    private static readonly string[] Inserts =
    [
        "\"", ",", "\n", "\r\n", ";", "\t", "\0", "\uFEFF", "'", "[", "]", "<", "&", "/", "..", "\"\"", ",,,,,,,,", "NaN", "1e308", "-1e308", "99999999999999999999",
        "-1", "1.7976931348623157E+309", "é", "\\", "=cmd()", " ", "null",
    ];

    /// <summary>A damaged copy. Gzipped files are damaged as they are, or packed again after their text was.</summary>
    internal static byte[] Of(byte[] whole, string name, Random random)
    {
        bool packed = name.EndsWith(".gz", StringComparison.Ordinal) && whole is [0x1f, 0x8b, ..] && random.Next(4) > 0;
        byte[] bytes = packed ? Tree.Unpacked(whole) : [.. whole];
        for (int times = random.Next(1, 4); times > 0; times--) bytes = Once(bytes, random);
        return packed ? Tree.Packed(bytes) : bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length == 0) return Encoding.UTF8.GetBytes(Inserts[random.Next(Inserts.Length)]);
        int at = random.Next(bytes.Length);
        switch (random.Next(8))
        {
            case 0: // bits turned over
                for (int i = random.Next(1, 6); i > 0; i--) bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
                return bytes;
            case 1: return bytes[..at]; // cut off
            case 2: // a piece lost
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 20))..]];
            case 3: // a long run, such as a disk's empty sectors
                return [.. bytes[..at], .. Enumerable.Repeat(random.Next(2) == 0 ? (byte)0 : (byte)'9', random.Next(1, 20_000)), .. bytes[at..]];
            case 4: return Lines(bytes, random);
            case 5: return Cells(bytes, random);
            default: return [.. bytes[..at], .. Encoding.UTF8.GetBytes(Inserts[random.Next(Inserts.Length)]), .. bytes[at..]];
        }
    }

    // A line doubled, lost or moved.
    private static byte[] Lines(byte[] bytes, Random random)
    {
        List<string> lines = [.. Encoding.Latin1.GetString(bytes).Split('\n')];
        int line = random.Next(lines.Count);
        switch (random.Next(3))
        {
            case 0: lines.Insert(random.Next(lines.Count), lines[line]); break;
            case 1: lines.RemoveAt(line); break;
            default: (lines[0], lines[line]) = (lines[line], lines[0]); break;
        }

        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    // A cell of a table filled with something else.
    private static byte[] Cells(byte[] bytes, Random random)
    {
        string[] cells = Encoding.Latin1.GetString(bytes).Split(',');
        cells[random.Next(cells.Length)] = Inserts[random.Next(Inserts.Length)];
        return Encoding.Latin1.GetBytes(string.Join(',', cells));
    }
}
