using CxrLab.Notebooks.Document;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CxrLab.Notebooks.Running;

/// <summary>Replaces values in the cell tagged <c>parameters</c>: <c>var fast = false;</c> with <c>--param fast=true</c>.</summary>
internal static class Parameters
{
    /// <exception cref="BadNotebookException">There is no such cell or no such variable in it.</exception>
    internal static void Apply(Notebook notebook, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0) return;
        NotebookCell cell = notebook.CodeCells.FirstOrDefault(candidate => candidate.HasTag("parameters"))
            ?? throw new BadNotebookException($"{notebook.Name}: --param needs a cell with the tag 'parameters'; there is none.");
        SyntaxNode root = CSharpSyntaxTree.ParseText(cell.Source, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot();
        foreach ((string name, string value) in values)
        {
            VariableDeclaratorSyntax? variable = root.DescendantNodes().OfType<VariableDeclaratorSyntax>().FirstOrDefault(item => item.Identifier.Text == name);
            if (variable?.Initializer is null)
            {
                string known = string.Join(", ", root.DescendantNodes().OfType<VariableDeclaratorSyntax>().Select(item => item.Identifier.Text));
                throw new BadNotebookException($"{notebook.Name}: its parameters are {known}; there is no '{name}'.");
            }

            ExpressionSyntax old = variable.Initializer.Value;
            root = root.ReplaceNode(old, Literal(old, value).WithTriviaFrom(old));
        }

        cell.Source = root.ToFullString();
    }

    // The old value says the type: text stays text, also where it looks like a number.
    private static ExpressionSyntax Literal(ExpressionSyntax old, string value) => old.IsKind(SyntaxKind.StringLiteralExpression)
        ? SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value))
        : SyntaxFactory.ParseExpression(value);
}
