namespace CxrLab;

/// <summary>Hands out one string for equal texts: tables repeat patients, views and labels many thousand times.</summary>
internal sealed class StringPool
{
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    internal StringPool() => lookup = texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The pooled string equal to a slice of <paramref name="buffer"/>.</summary>
    internal string GetString(char[] buffer, int offset, int length) => Get(buffer.AsSpan(offset, length));

    /// <summary>The pooled string equal to <paramref name="span"/>.</summary>
    internal string Get(ReadOnlySpan<char> span)
    {
        if (lookup.TryGetValue(span, out string? known)) return known;
        string text = span.ToString();
        texts.Add(text, text);
        return text;
    }
}
