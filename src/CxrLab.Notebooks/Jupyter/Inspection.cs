using System.Text;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.QuickInfo;
using CodeDocument = Microsoft.CodeAnalysis.Document;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>Answers <c>inspect_request</c>: signature and documentation of the name at the cursor, or of the method whose arguments it is in.</summary>
internal sealed class Inspection(ScriptWorkspace workspace)
{
    private const int MostOverloads = 12;

    public JsonObject Reply(JupyterMessage request)
    {
        string code = request.Text("code") ?? "";
        string? description = Describe(code, TextPosition.FromJupyter(code, request.Number("cursor_pos")));
        var data = new JsonObject();
        if (description is not null) data["text/plain"] = description;
        return new JsonObject { ["status"] = "ok", ["found"] = description is not null, ["data"] = data, ["metadata"] = new JsonObject() };
    }

    /// <returns>Null where there is nothing to say.</returns>
    public string? Describe(string code, int position) => workspace.Ask(code, document => Describe(document, position));

    private static async Task<string?> Describe(CodeDocument document, int position)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync().ConfigureAwait(false))!;
        var service = QuickInfoService.GetService(document)!;
        foreach (int place in Places(root, position))
        {
            if (await service.GetQuickInfoAsync(document, place).ConfigureAwait(false) is not QuickInfoItem info) continue;
            var text = new StringBuilder();
            foreach (QuickInfoSection section in info.Sections) text.AppendLine(section.Text).AppendLine();
            SemanticModel model = (await document.GetSemanticModelAsync().ConfigureAwait(false))!;
            text.Append(Overloads(model, root.FindToken(place).Parent, place));
            return text.ToString().ReplaceLineEndings("\n").Trim();
        }
        return null;
    }

    /// <summary>The name under the cursor or just before it, then the names of the calls around it, innermost first.</summary>
    private static IEnumerable<int> Places(SyntaxNode root, int position)
    {
        foreach (int place in new[] { position, position - 1 })
            if (place >= 0 && place < root.FullSpan.End && root.FindToken(place) is SyntaxToken token && token.Span.Contains(place) && token.IsKind(SyntaxKind.IdentifierToken))
                yield return place;
        SyntaxNode? node = root.FindToken(Math.Max(0, position - 1)).Parent;
        foreach (ArgumentListSyntax list in node?.AncestorsAndSelf().OfType<ArgumentListSyntax>() ?? [])
        {
            SyntaxNode? named = list.Parent switch
            {
                InvocationExpressionSyntax call => call.Expression,
                ObjectCreationExpressionSyntax creation => creation.Type,
                _ => null,
            };
            if (named is not null) yield return named.GetLastToken().SpanStart;
        }
    }

    /// <summary>The other forms of a method: which arguments it takes is what is most often looked up.</summary>
    private static string Overloads(SemanticModel model, SyntaxNode? name, int position)
    {
        if (name is not SimpleNameSyntax) return "";
        ISymbol[] methods = [.. model.GetMemberGroup(name).Where(symbol => symbol.Kind == SymbolKind.Method)];
        if (methods.Length < 2) return "";
        var text = new StringBuilder($"{methods.Length} overloads:\n");
        foreach (ISymbol method in methods.Take(MostOverloads)) text.Append("  ").Append(method.ToMinimalDisplayString(model, position)).Append('\n');
        if (methods.Length > MostOverloads) text.Append("  …\n");
        return text.ToString();
    }
}
