using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>Answers <c>is_complete_request</c>: whether a console should run what was typed at Enter or give another line.</summary>
internal static class Completeness
{
    private const string UnterminatedRawString = "CS8997";
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static JsonObject Reply(JupyterMessage request) => Of(request.Text("code") ?? "") switch
    {
        "incomplete" => new JsonObject { ["status"] = "incomplete", ["indent"] = Indent(request.Text("code")!) },
        string status => new JsonObject { ["status"] = status },
    };

    internal static string Of(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, Script);
        if (!SyntaxFactory.IsCompleteSubmission(tree) || tree.GetDiagnostics().Any(item => item.Id == UnterminatedRawString)) return "incomplete";
        return tree.GetDiagnostics().Any(item => item.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete";
    }

    /// <summary>Four spaces for every brace that is still open.</summary>
    private static string Indent(string code)
    {
        int open = SyntaxFactory.ParseTokens(code).Sum(token => token.Kind() switch
        {
            SyntaxKind.OpenBraceToken => 1,
            SyntaxKind.CloseBraceToken => -1,
            _ => 0,
        });
        return new string(' ', 4 * Math.Max(0, open));
    }
}
