namespace CxrLab.Reports;

/// <summary>
/// Splits a section into sentences. A full stop ends one unless it belongs to an abbreviation ("Dr.", "a.m."), an initial, a
/// decimal number or a list number ("1."); a line break ends one where the author broke the line on purpose, not for width.
/// </summary>
public static class SentenceSplitter
{
    private const int Narrow = 60; // a line that had room for the next word was ended on purpose

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "dr", "drs", "mr", "mrs", "ms", "prof", "st", "vs", "approx", "ca", "cf", "e.g", "i.e", "etc", "resp", "incl", "fig", "no", "hx", "pt", "r/o",
    };

    /// <summary>Start and end of each sentence, in characters from the start of <paramref name="text"/>; blanks around it are left out.</summary>
    public static IReadOnlyList<(int Start, int End)> Split(string text)
    {
        var sentences = new List<(int, int)>();
        int start = SkipMarker(text, 0), lineStart = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool ends = c switch
            {
                '.' => EndsAtStop(text, start, i),
                '!' => true,
                '?' => i > 0 && char.IsLetterOrDigit(text[i - 1]), // "? infiltrate" asks, and goes on
                '\n' => EndsAtLineBreak(text, lineStart, i),
                _ => false,
            };
            if (c == '\n') lineStart = i + 1;
            if (!ends) continue;
            Add(c == '\n' ? i : i + 1);
            start = SkipMarker(text, i + 1);
            i = Math.Max(i, start - 1);
        }

        Add(text.Length);
        return sentences;

        void Add(int end)
        {
            int from = start, to = end;
            while (from < to && char.IsWhiteSpace(text[from])) from++;
            while (to > from && char.IsWhiteSpace(text[to - 1])) to--;
            if (to > from) sentences.Add((from, to));
        }
    }

    private static bool EndsAtStop(string text, int start, int stop)
    {
        char next = stop + 1 < text.Length ? text[stop + 1] : ' ';
        if (next == '.') return false; // an ellipsis ends at its last dot
        int from = stop;
        while (from > start && !char.IsWhiteSpace(text[from - 1]) && text[from - 1] is not ('(' or ',' or ';' or ':')) from--;
        ReadOnlySpan<char> word = text.AsSpan(from, stop - from);
        if (!char.IsWhiteSpace(next))
        {
            // "seen.The": a lost blank. Else a decimal number, "a.m" or "x-ray.)".
            return next is ')' or '"' || (char.IsUpper(next) && word.Length > 2 && char.IsLower(word[^1]));
        }

        if (word.Length == 0) return true;
        string bare = word.TrimStart("(\"'").ToString();
        if (Abbreviations.Contains(bare)) return bare is "no" or "No" or "NO" ? !FollowedByDigit(text, stop + 1) : false;
        if (bare is "a.m" or "p.m" or "A.M" or "P.M") return NextWordIsCapital(text, stop + 1);
        return !(bare.Length == 1 && char.IsUpper(bare[0]) && NextWordIsCapital(text, stop + 1) && bare[0] != 'X'); // an initial: "J. Doe"
    }

    private static bool EndsAtLineBreak(string text, int lineStart, int at)
    {
        int next = at + 1;
        while (next < text.Length && text[next] is ' ' or '\t' or '\r') next++;
        if (next >= text.Length || text[next] == '\n') return true; // an empty line
        if (text[next] is '-' or '*' or '•' || IsMarker(text, next, out _)) return true;
        int wordEnd = next;
        while (wordEnd < text.Length && !char.IsWhiteSpace(text[wordEnd])) wordEnd++;
        return char.IsUpper(text[next]) && at - lineStart + 1 + (wordEnd - next) < Narrow;
    }

    private static int SkipMarker(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        if (at < text.Length && text[at] is '-' or '*' or '•') return at + 1;
        return IsMarker(text, at, out int end) ? end : at;
    }

    private static bool IsMarker(string text, int at, out int end)
    {
        end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (end == at || end - at > 2 || end + 1 >= text.Length || text[end] is not ('.' or ')') || !char.IsWhiteSpace(text[end + 1])) return false;
        end++;
        return true;
    }

    private static bool FollowedByDigit(string text, int at)
    {
        while (at < text.Length && text[at] == ' ') at++;
        return at < text.Length && char.IsAsciiDigit(text[at]);
    }

    private static bool NextWordIsCapital(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at < text.Length && char.IsUpper(text[at]);
    }
}
