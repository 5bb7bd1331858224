namespace CxrLab.Notebooks.Formatting;

/// <summary>Text in HTML. The framework's own encoder also turns é and × into numbers, which nobody can read in a diff.</summary>
internal static class Html
{
    public static string Encode(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
