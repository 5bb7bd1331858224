using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// Finds the lines of a cell that speak to the host. The compiler takes a first line <c>#!…</c> for a shebang line and would silently
/// run the cell as if it weren't there; anywhere else it is an error for it.
/// </summary>
internal static class CellMagics
{
    /// <returns>The code with those lines blanked out, so that every line and column stays, and what they said.</returns>
    public static (string Code, IReadOnlyList<CellMagic> Magics) TakeOut(string code)
    {
        if (!code.Contains('#', StringComparison.Ordinal)) return (code, []);
        SyntaxNode root = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot();
        char[] text = code.ToCharArray();
        var found = new List<CellMagic>();
        // Whitespace before a shebang makes it a directive like any other, so both kinds are looked for. Text in strings is neither.
        foreach (SyntaxTrivia trivia in root.DescendantTrivia().Where(item => item.Kind() is SyntaxKind.BadDirectiveTrivia or SyntaxKind.ShebangDirectiveTrivia))
        {
            int end = code.IndexOf('\n', trivia.SpanStart) is >= 0 and var newline ? newline : code.Length;
            string line = code[trivia.SpanStart..end].TrimEnd();
            bool isSource = line.StartsWith("#i ", StringComparison.Ordinal) || line.StartsWith("#i\"", StringComparison.Ordinal);
            if (!isSource && !line.StartsWith("#!", StringComparison.Ordinal)) continue;
            int space = isSource ? 2 : line.IndexOfAny([' ', '\t']) is >= 0 and var gap ? gap : line.Length;
            int number = root.SyntaxTree.GetLineSpan(trivia.Span).StartLinePosition.Line + 1;
            found.Add(new CellMagic(line[..space], line[space..].Trim().Trim('"'), number));
            text.AsSpan(trivia.SpanStart, line.Length).Fill('/');
        }
        return (new string(text), found);
    }
}
