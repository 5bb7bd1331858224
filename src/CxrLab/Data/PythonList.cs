namespace CxrLab.Data;

/// <summary>
/// Reads a list as Python prints it, which is how PadChest writes its labels: <c>['normal', "tube's end", '']</c>. Numpy prints
/// the commas as blanks; both are taken.
/// </summary>
internal static class PythonList
{
    /// <summary>The items, trimmed, blank ones left out.</summary>
    /// <returns>False where the text is no list of quoted texts.</returns>
    internal static bool TryParse(ReadOnlySpan<char> text, out List<string> items)
    {
        items = [];
        text = text.Trim();
        if (text is not ['[', .., ']']) return false;
        text = text[1..^1].Trim(" ,\r\n\t");
        while (text.Length > 0)
        {
            char quote = text[0];
            if (quote is not ('\'' or '"')) return false;
            var item = new System.Text.StringBuilder();
            int at = 1;
            for (; at < text.Length && text[at] != quote; at++)
            {
                if (text[at] == '\\' && at + 1 < text.Length) at++;
                item.Append(text[at]);
            }

            if (at == text.Length) return false; // the quote is never closed
            if (!string.IsNullOrWhiteSpace(item.ToString())) items.Add(item.ToString().Trim());
            ReadOnlySpan<char> rest = text[(at + 1)..];
            text = rest.TrimStart(" ,\r\n\t");
            if (text.Length == rest.Length && text.Length > 0) return false; // junk touches the closing quote
        }

        return true;
    }
}
