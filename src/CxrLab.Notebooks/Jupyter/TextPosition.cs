using System.Text;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>Jupyter counts characters as Unicode does (one for 🩻), .NET in units of UTF-16 (two).</summary>
internal static class TextPosition
{
    /// <returns>The UTF-16 position, between 0 and the text's length.</returns>
    public static int FromJupyter(string text, int? position)
    {
        if (position is not int characters) return text.Length;
        int units = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (characters-- <= 0) break;
            units += rune.Utf16SequenceLength;
        }
        return Math.Min(units, text.Length);
    }

    public static int ToJupyter(string text, int position) => text.AsSpan(0, position).EnumerateRunes().Count();

    private static int Count(this SpanRuneEnumerator runes)
    {
        int count = 0;
        foreach (Rune _ in runes) count++;
        return count;
    }
}
