using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// Makes a cell's own loops and methods ask whether they should stop. It's the safe way to interrupt code: an abort from outside
/// (see <see cref="StoppableThread"/>) hits any instruction, the framework's own included. Lines stay as they are.
/// </summary>
internal static class StopChecks
{
    private const string Check = "global::CxrLab.Notebooks.CellStop.Check();";

    /// <returns>The code with checks; the code itself when it doesn't parse, so that the compiler's words fit what the user wrote.</returns>
    public static string Insert(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script));
        if (tree.GetDiagnostics().Any(item => item.Severity == DiagnosticSeverity.Error)) return code;
        var inserts = tree.GetRoot().DescendantNodes().SelectMany(Inserts).ToList();
        var text = new System.Text.StringBuilder(code);
        // From the end, so that the places before stay right. At one place a nested loop's brace comes after its parent's.
        foreach ((int place, string what) in inserts.AsEnumerable().Reverse().OrderByDescending(item => item.Place)) text.Insert(place, what);
        return text.ToString();
    }

    private static IEnumerable<(int Place, string What)> Inserts(SyntaxNode node) => node switch
    {
        WhileStatementSyntax loop => Into(loop.Statement),
        DoStatementSyntax loop => Into(loop.Statement),
        ForStatementSyntax loop => Into(loop.Statement),
        CommonForEachStatementSyntax loop => Into(loop.Statement),
        MethodDeclarationSyntax { Body: BlockSyntax body } => Into(body),
        LocalFunctionStatementSyntax { Body: BlockSyntax body } => Into(body),
        AnonymousFunctionExpressionSyntax { Block: BlockSyntax body } => Into(body),
        _ => [],
    };

    private static IEnumerable<(int Place, string What)> Into(StatementSyntax body) => body is BlockSyntax block
        ? [(block.OpenBraceToken.Span.End, Check)]
        : [(body.SpanStart, "{" + Check), (body.Span.End, "}")];
}
