using System.Text;
using CxrLab.Notebooks.Formatting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CxrLab.Notebooks.Exporting;

/// <summary>C# as HTML with its keywords, strings, numbers and comments marked.</summary>
internal static class CodeHtml
{
    private static readonly CSharpParseOptions Script = new(kind: SourceCodeKind.Script);

    public static string Of(string code)
    {
        var html = new StringBuilder();
        foreach (SyntaxToken token in CSharpSyntaxTree.ParseText(code, Script).GetRoot().DescendantTokens())
        {
            foreach (SyntaxTrivia trivia in token.LeadingTrivia) Append(html, trivia);
            Append(html, token.Text, Kind(token));
            foreach (SyntaxTrivia trivia in token.TrailingTrivia) Append(html, trivia);
        }
        return html.ToString();
    }

    private static void Append(StringBuilder html, SyntaxTrivia trivia)
    {
        bool plain = trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsKind(SyntaxKind.SkippedTokensTrivia);
        Append(html, trivia.ToFullString(), plain ? null : trivia.IsDirective ? "directive" : "comment");
    }

    private static void Append(StringBuilder html, string text, string? kind)
    {
        if (text.Length == 0) return;
        string encoded = Html.Encode(text);
        html.Append(kind is null ? encoded : $"<span class=\"{kind}\">{encoded}</span>");
    }

    private static string? Kind(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "number",
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedVerbatimStringStartToken => "string",
        _ when token.IsKeyword() || token.IsContextualKeyword() || token.ValueText == "var" => "keyword",
        _ => null,
    };
}
