using System.Text;

namespace CxrLab.Notebooks.Exporting.Formulas;

/// <summary>
/// Letters of Unicode's mathematical alphabets. Browsers know only <c>mathvariant="normal"</c> (MathML Core), so a bold or script
/// letter is written as its own character.
/// </summary>
internal static class Alphabet
{
    // Letters that had a place before the alphabets were added.
    private static readonly Dictionary<(string Variant, char Letter), int> Older = new[]
    {
        ("script", "B\u212C E\u2130 F\u2131 H\u210B I\u2110 L\u2112 M\u2133 R\u211B e\u212F g\u210A o\u2134"),
        ("double-struck", "C\u2102 H\u210D N\u2115 P\u2119 Q\u211A R\u211D Z\u2124"),
        ("italic", "h\u210E"),
    }.SelectMany(item => item.Item2.Split(' ').Select(pair => (Key: (item.Item1, pair[0]), Code: (int)pair[1]))).ToDictionary(item => item.Key, item => item.Code);

    // First of A–Z, a–z, Α–Ω, α–ω and 0–9; 0 where an alphabet lacks the range.
    private static readonly Dictionary<string, int[]> Starts = new()
    {
        ["bold"] = [0x1D400, 0x1D41A, 0x1D6A8, 0x1D6C2, 0x1D7CE],
        ["italic"] = [0x1D434, 0x1D44E, 0x1D6E2, 0x1D6FC, 0],
        ["script"] = [0x1D49C, 0x1D4B6, 0, 0, 0],
        ["double-struck"] = [0x1D538, 0x1D552, 0, 0, 0x1D7D8],
        ["sans-serif"] = [0x1D5A0, 0x1D5BA, 0, 0, 0x1D7E2],
        ["monospace"] = [0x1D670, 0x1D68A, 0, 0, 0x1D7F6],
    };

    /// <summary>The text with each letter in the alphabet; what the alphabet lacks stays.</summary>
    public static string Write(string text, string variant)
    {
        if (!Starts.TryGetValue(variant, out int[]? starts)) return text; // normal
        var written = new StringBuilder();
        foreach (char c in text)
        {
            int code = Older.TryGetValue((variant, c), out int older) ? older : c switch
            {
                >= 'A' and <= 'Z' => Shift(starts[0], c - 'A'),
                >= 'a' and <= 'z' => Shift(starts[1], c - 'a'),
                >= 'Α' and <= 'Ω' => Shift(starts[2], c - 'Α'),
                >= 'α' and <= 'ω' => Shift(starts[3], c - 'α'),
                >= '0' and <= '9' => Shift(starts[4], c - '0'),
                _ => 0,
            };
            written.Append(code == 0 ? c.ToString() : char.ConvertFromUtf32(code));
        }
        return written.ToString();
    }

    private static int Shift(int start, int offset) => start == 0 ? 0 : start + offset;
}
