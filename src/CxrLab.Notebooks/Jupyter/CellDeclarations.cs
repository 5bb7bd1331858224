using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>What later cells can see of a cell: its declarations. Statements that declare nothing are left out.</summary>
/// <param name="Text">The declarations, with their documentation, as C# that can stand in a submission; all of a cell that stands alone.</param>
/// <param name="Names">What they declare.</param>
/// <param name="Mentions">Every identifier in <paramref name="Text"/>, declared or used.</param>
/// <param name="StandsAlone">Whether the text can't be put together with another cell's: its usings or directives would reach that.</param>
internal sealed record CellDeclarations(string Text, IReadOnlySet<string> Names, IReadOnlySet<string> Mentions, bool StandsAlone)
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static CellDeclarations Of(string code)
    {
        CompilationUnitSyntax root = CSharpSyntaxTree.ParseText(code, Script).GetCompilationUnitRoot();
        bool standsAlone = root.Usings.Count + root.Externs.Count > 0 || root.ContainsDirectives;
        var text = new StringBuilder();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var mentions = new HashSet<string>(StringComparer.Ordinal);
        foreach (MemberDeclarationSyntax member in root.Members)
        {
            string[] declared = [.. Declared(member)];
            if (declared.Length == 0) continue;
            names.UnionWith(declared);
            mentions.UnionWith(member.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
            // The last expression of a cell may lack its semicolon.
            text.Append(member.ToFullString()).Append(member.GetLastToken(includeZeroWidth: true).IsMissing ? ";\n" : "\n");
        }
        return new CellDeclarations(standsAlone ? code : text.ToString(), names, mentions, standsAlone);
    }

    private static IEnumerable<string> Declared(MemberDeclarationSyntax member) => member switch
    {
        GlobalStatementSyntax statement => statement.DescendantNodes().SelectMany(Variables),
        BaseFieldDeclarationSyntax fields => fields.Declaration.Variables.Select(variable => variable.Identifier.ValueText)
            .Concat(fields.DescendantNodes().OfType<SingleVariableDesignationSyntax>().SelectMany(Variables)),
        MethodDeclarationSyntax method => [method.Identifier.ValueText],
        PropertyDeclarationSyntax property => [property.Identifier.ValueText],
        EventDeclarationSyntax happening => [happening.Identifier.ValueText],
        BaseTypeDeclarationSyntax type => [type.Identifier.ValueText],
        DelegateDeclarationSyntax type => [type.Identifier.ValueText],
        _ => [member.Kind().ToString()], // kept, whatever it is
    };

    // Deconstructions, out variables and patterns. Some are seen inside their statement only; kept all the same, they do no harm.
    private static IEnumerable<string> Variables(SyntaxNode node) => node switch
    {
        SingleVariableDesignationSyntax variable => [variable.Identifier.ValueText],
        LocalDeclarationStatementSyntax local => local.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
        _ => [],
    };
}
