namespace CxrLab.Reports;

/// <summary>
/// A pattern over the words of a sentence. <c>a|b</c> is a choice, <c>atelecta*</c> any ending, <c>a?</c> may be left out,
/// <c>~3</c> stands for up to three words that neither judge nor turn (no "normal", no "with", no mark), <c>$</c> for the end of
/// a clause.
/// </summary>
internal sealed class Phrase
{
    // Beyond these words a gap would join two statements: "the heart is enlarged with normal vessels".
    private static readonly HashSet<string> NoGap = new(StringComparer.Ordinal)
    {
        "normal", "unremarkable", "clear", "with", "without", "but", "enlarged", "enlargement", "prominent", "increased", "large", "which", "there", "or", "nor",
    };

    private readonly Element[] elements;

    /// <exception cref="FormatException">The pattern starts with a gap or an optional word, or has none.</exception>
    internal Phrase(string pattern)
    {
        Pattern = pattern;
        elements = [.. pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Element.Parse)];
        if (elements.Length == 0) throw new FormatException("the phrase is empty.");
        if (elements[0].Gap > 0 || elements[0].Optional || elements[0].EndOfClause) throw new FormatException($"'{pattern}' must start with a word that always stands there.");
    }

    /// <summary>The pattern as written in the table.</summary>
    internal string Pattern { get; }

    internal bool StartsWith(string word) => elements[0].Matches(word);

    /// <summary>End of the longest match that starts at <paramref name="start"/>, or -1.</summary>
    internal int Match(IReadOnlyList<Token> tokens, int start) => Longest(tokens, start, 0);

    private int Longest(IReadOnlyList<Token> tokens, int at, int element)
    {
        if (element == elements.Length) return at;
        Element wanted = elements[element];
        if (wanted.EndOfClause) return at == tokens.Count || !tokens[at].IsWord ? Longest(tokens, at, element + 1) : -1;
        int longest = wanted.Optional ? Longest(tokens, at, element + 1) : -1;
        if (wanted.Gap > 0)
        {
            for (int words = 0; words <= wanted.Gap; words++)
            {
                longest = Math.Max(longest, Longest(tokens, at + words, element + 1));
                if (at + words >= tokens.Count || !tokens[at + words].IsWord || NoGap.Contains(tokens[at + words].Word)) break;
            }
        }
        else if (at < tokens.Count && wanted.Matches(tokens[at].Word))
        {
            longest = Math.Max(longest, Longest(tokens, at + 1, element + 1));
        }

        return longest;
    }

    private sealed record Element(string[] Exact, string[] Prefixes, bool Optional, int Gap, bool EndOfClause)
    {
        internal static Element Parse(string text)
        {
            if (text == "$") return new([], [], false, 0, true);
            if (text[0] == '~') return new([], [], false, int.TryParse(text.AsSpan(1), out int gap) && gap is > 0 and <= 9 ? gap : throw new FormatException($"'{text}' is no gap; write ~1 to ~9."), false);
            bool optional = text.Length > 1 && text[^1] == '?';
            string[] choices = (optional ? text[..^1] : text).Split('|');
            return new([.. choices.Where(choice => !choice.EndsWith('*'))], [.. choices.Where(choice => choice.EndsWith('*')).Select(choice => choice[..^1])], optional, 0, false);
        }

        internal bool Matches(string word)
        {
            foreach (string exact in Exact) if (exact == word) return true;
            foreach (string prefix in Prefixes) if (word.StartsWith(prefix, StringComparison.Ordinal)) return true;
            return false;
        }
    }
}
