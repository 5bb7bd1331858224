using System.Collections.Concurrent;

namespace CxrLab.Reports;

/// <summary>Cuts a sentence into words and marks. Hyphens join nothing: "right-sided" is two words, as "right sided" is.</summary>
internal static class Tokenizer
{
    private const int MostWords = 100_000; // bounds the memory of a run over any number of reports

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    internal static List<Token> Tokens(string text, int start, int end)
    {
        var tokens = new List<Token>(32);
        int i = start;
        while (i < end)
        {
            char c = text[i];
            int from = i;
            if (char.IsAsciiDigit(c))
            {
                while (i < end && (char.IsAsciiDigit(text[i]) || (text[i] is '.' or ',' && i + 1 < end && char.IsAsciiDigit(text[i + 1])))) i++;
                tokens.Add(new Token("#", from, i - from));
            }
            else if (char.IsLetter(c) || c == '_')
            {
                while (i < end && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '\'' or '’')) i++;
                tokens.Add(new Token(Lower(text.AsSpan(from, i - from)), from, i - from));
            }
            else
            {
                i++;
                if (char.IsWhiteSpace(c)) continue;
                bool joins = c == '-' && from > start && i < end && char.IsLetterOrDigit(text[from - 1]) && char.IsLetterOrDigit(text[i]);
                if (!joins) tokens.Add(new Token(Mark(c), from, 1));
            }
        }

        return tokens;
    }

    private static string Mark(char c) => c switch
    {
        ',' => ",",
        ';' => ";",
        ':' => ":",
        '/' => "/",
        '(' or '[' => "(",
        ')' or ']' => ")",
        '-' or '–' or '—' => "-",
        '?' => "?",
        '.' or '!' => ".",
        '&' => "and",
        _ => "~",
    };

    private static string Lower(ReadOnlySpan<char> word)
    {
        Span<char> lower = word.Length <= 64 ? stackalloc char[word.Length] : new char[word.Length];
        int length = 0;
        foreach (char c in word)
            if (c is not ('\'' or '’')) lower[length++] = char.ToLowerInvariant(c);
        ReadOnlySpan<char> key = lower[..length];
        if (Known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out string? known)) return known;
        if (Known.Count > MostWords) Known.Clear();
        string fresh = key.ToString();
        return Known.GetOrAdd(fresh, fresh);
    }
}
