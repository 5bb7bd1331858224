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
    /// <summary>
    /// Sets each value in every notebook that has a parameter of that name. A course is run with one command, and not every lecture
    /// has every parameter; but a name that none of them has is a slip of the pen.
    /// </summary>
    /// <returns>One sentence for each notebook that a value passed by.</returns>
    /// <exception cref="BadNotebookException">No notebook has the parameter, or the value doesn't fit.</exception>
    public static IReadOnlyList<string> Apply(IReadOnlyList<Notebook> notebooks, IReadOnlyDictionary<string, string> values)
    {
        var passedBy = new List<string>();
        foreach ((string name, string value) in values)
        {
            List<Notebook> without = [.. notebooks.Where(notebook => !Tagged(notebook).Any(cell => Replace(cell, name, value, notebook.Path)))];
            if (without.Count == notebooks.Count) throw new BadNotebookException(Unknown(notebooks, name));
            passedBy.AddRange(without.Select(notebook => $"{notebook.Name} has no parameter '{name}' and runs as it is"));
        }
        return passedBy;
    }

    private static string Unknown(IReadOnlyList<Notebook> notebooks, string name)
    {
        string where = notebooks.Count == 1 ? notebooks[0].Path : $"{notebooks.Count} notebooks";
        string[] known = [.. notebooks.SelectMany(Tagged).SelectMany(Names).Distinct(StringComparer.Ordinal)];
        return known.Length > 0
            ? $"{where}: no parameter '{name}'; there are: {string.Join(", ", known)}."
            : $"{where}: --param needs a code cell tagged 'parameters' that gives '{name}' a value, and no cell has that tag.";
    }

    private static IEnumerable<NotebookCell> Tagged(Notebook notebook) => notebook.CodeCells.Where(cell => cell.HasTag("parameters"));

    private static bool Replace(NotebookCell cell, string name, string value, string path)
    {
        if (Declarations(cell.Source).FirstOrDefault(item => item.Identifier.ValueText == name) is not { } declaration) return false;
        ExpressionSyntax old = declaration.Initializer?.Value
            ?? throw new BadNotebookException($"{path}: parameter '{name}' has no value to replace; give it one, as in 'var {name} = 1;'.");
        string literal = Literal(old, value) ?? throw new BadNotebookException($"{path}: parameter '{name}' is {Kind(old)}, now {old}; '{value}' doesn't fit.");
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
            Whole(token.Value, value) is IFormattable whole ? Invariant(whole) + Suffix(token) : null,
        LiteralExpressionSyntax { Token: { Value: double or float or decimal } token } =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? WithPoint(Invariant(number), Suffix(token)) : null,
        _ => null,
    };

    private static IFormattable? Whole(object type, string value)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign;
        CultureInfo culture = CultureInfo.InvariantCulture;
        return type switch
        {
            int => int.TryParse(value, style, culture, out int number) ? number : null,
            uint => uint.TryParse(value, style, culture, out uint number) ? number : null,
            ulong => ulong.TryParse(value, style, culture, out ulong number) ? number : null,
            _ => long.TryParse(value, style, culture, out long number) ? number : null,
        };
    }

    private static string Kind(ExpressionSyntax old) => (old is PrefixUnaryExpressionSyntax minus ? minus.Operand : old) switch
    {
        LiteralExpressionSyntax { Token.Value: string } => "text",
        LiteralExpressionSyntax { Token.Value: bool } => "true or false",
        LiteralExpressionSyntax { Token.Value: int or long or uint or ulong } => "a whole number",
        LiteralExpressionSyntax { Token.Value: double or float or decimal } => "a number",
        _ => "an expression (only a literal can be replaced)",
    };

    private static string Suffix(SyntaxToken token) =>
        token.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? "" : new([.. token.Text.Where(c => "uUlLfFdDmM".Contains(c, StringComparison.Ordinal))]);

    private static string WithPoint(string number, string suffix) =>
        suffix.Length > 0 || number.Any(c => c is '.' or 'E') ? number + suffix : number + ".0";

    private static string Invariant(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
