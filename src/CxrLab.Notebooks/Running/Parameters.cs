using System.Globalization;
using CxrLab.Notebooks.Document;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CxrLab.Notebooks.Running;

/// <summary>
/// <c>--param name=value</c>: replaces the literal that a variable of a cell tagged <c>parameters</c> begins with. The literal keeps
/// its type, so <c>epochs=2</c> stays an int and <c>rate=1</c> stays a double.
/// </summary>
internal static class Parameters
{
    /// <exception cref="BadNotebookException">No such cell or variable, or the value doesn't fit the literal.</exception>
    public static void Apply(Notebook notebook, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0) return;
        NotebookCell[] cells = [.. notebook.CodeCells.Where(cell => cell.HasTag("parameters"))];
        if (cells.Length == 0)
            throw new BadNotebookException($"{notebook.Path}: --param needs a code cell tagged 'parameters', and there is none.");
        foreach ((string name, string value) in values)
        {
            if (!cells.Any(cell => Replace(cell, name, value, notebook.Path)))
                throw new BadNotebookException($"{notebook.Path}: no parameter '{name}'; there are: {string.Join(", ", cells.SelectMany(Names))}.");
        }
    }

    private static bool Replace(NotebookCell cell, string name, string value, string path)
    {
        if (Declarations(cell.Source).FirstOrDefault(item => item.Identifier.ValueText == name) is not { } declaration) return false;
        ExpressionSyntax old = declaration.Initializer?.Value
            ?? throw new BadNotebookException($"{path}: parameter '{name}' has no value to replace; give it one, as in 'var {name} = 1;'.");
        string literal = Literal(old, value) ?? throw new BadNotebookException($"{path}: parameter '{name}' is {old}; '{value}' doesn't fit.");
        cell.Source = cell.Source.Remove(old.SpanStart, old.Span.Length).Insert(old.SpanStart, literal);
        return true;
    }

    private static IEnumerable<string> Names(NotebookCell cell) => Declarations(cell.Source).Select(item => item.Identifier.ValueText);

    private static IEnumerable<VariableDeclaratorSyntax> Declarations(string source) =>
        CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(kind: SourceCodeKind.Script))
            .GetRoot().ChildNodes().SelectMany(member => member.DescendantNodes(node => node is not BlockSyntax).OfType<VariableDeclaratorSyntax>());

    /// <summary>The value, written as a literal of the same type as the old one; null when it is of another type.</summary>
    private static string? Literal(ExpressionSyntax old, string value) => (old is PrefixUnaryExpressionSyntax minus ? minus.Operand : old) switch
    {
        LiteralExpressionSyntax { Token.Value: string } => SymbolDisplay.FormatLiteral(value, quote: true),
        LiteralExpressionSyntax { Token.Value: bool } => bool.TryParse(value, out bool flag) ? (flag ? "true" : "false") : null,
        LiteralExpressionSyntax { Token: { Value: int or long or uint or ulong } token } =>
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? Invariant(whole) + Suffix(token) : null,
        LiteralExpressionSyntax { Token: { Value: double or float or decimal } token } =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? WithPoint(Invariant(number), Suffix(token)) : null,
        _ => null,
    };

    private static string Suffix(SyntaxToken token) =>
        token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? "" : new([.. token.Text.Where(c => "uUlLfFdDmM".Contains(c, StringComparison.Ordinal))]);

    private static string WithPoint(string number, string suffix) =>
        suffix.Length > 0 || number.Any(c => c is '.' or 'E') ? number + suffix : number + ".0";

    private static string Invariant(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
