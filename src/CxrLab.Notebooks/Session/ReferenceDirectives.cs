using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// The <c>#r "file.dll"</c> lines of a cell. They are taken out of the code, because the compiler's own handling brings in that one
/// assembly only: <c>using TorchSharp;</c> after <c>#r "CxrLab.dll"</c> needs the assemblies beside it as well.
/// </summary>
internal static class ReferenceDirectives
{
    internal sealed record Directive(string File, int Line);

    public static (string Code, IReadOnlyList<Directive> Directives) TakeOut(string code)
    {
        var options = new CSharpParseOptions(kind: SourceCodeKind.Script);
        CompilationUnitSyntax root = CSharpSyntaxTree.ParseText(code, options).GetCompilationUnitRoot();
        var found = new List<Directive>();
        char[] text = code.ToCharArray();
        foreach (ReferenceDirectiveTriviaSyntax directive in root.GetReferenceDirectives())
        {
            int line = directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            found.Add(new Directive(directive.File.ValueText, line));
            // A comment of the same length keeps every line and column.
            text.AsSpan(directive.HashToken.SpanStart, directive.File.Span.End - directive.HashToken.SpanStart).Fill('/');
        }
        return (new string(text), found);
    }

    /// <summary>Why a dll isn't there and which command would build it: <c>…/src/X/bin/Release/net10.0/X.dll</c> comes from project <c>…/src/X</c>.</summary>
    /// <param name="file">As the directive names it.</param>
    /// <param name="whose">Whose folder it was looked up from: the <c>notebook's</c>, or the <c>file's</c> that was loaded.</param>
    public static string Explain(string file, string whose)
    {
        string path = file.Replace('\\', '/');
        int bin = path.IndexOf("/bin/", StringComparison.Ordinal);
        if (bin < 0) return $"There is no '{file}' (looked up from the {whose} folder).";
        string configuration = path[(bin + 5)..].Split('/')[0];
        return $"There is no '{file}': it hasn't been built yet. In the {whose} folder run: dotnet build -c {configuration} {path[..bin]}";
    }
}
