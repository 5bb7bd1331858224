using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CxrLab.Notebooks.Session;

/// <summary>What the compiler said: place, code line, a mark under the column, message.</summary>
internal static class CompileFailure
{
    private const int MostShown = 5;

    public static CellFailure From(ImmutableArray<Diagnostic> diagnostics, CellCode cell)
    {
        Diagnostic[] errors = [.. diagnostics.Where(item => item.Severity == DiagnosticSeverity.Error)];
        var traceback = errors.Take(MostShown).SelectMany(error => Lines(error, cell)).ToList();
        if (errors.Length > MostShown) traceback.Add($"… and {errors.Length - MostShown} more errors");
        string message = $"{Place(errors[0], cell)}: {errors[0].Id}: {Text(errors[0])}";
        return new CellFailure("CompilationError", message, traceback);
    }

    private static IEnumerable<string> Lines(Diagnostic error, CellCode cell)
    {
        yield return $"{Place(error, cell)}: error {error.Id}: {Text(error)}";
        if (error.Location.SourceTree is not SyntaxTree tree) yield break;
        LinePosition start = error.Location.GetLineSpan().StartLinePosition;
        string code = tree.GetText().Lines[start.Line].ToString();
        yield return "    " + code.Replace('\t', ' ');
        yield return "    " + new string(' ', start.Character) + "^";
    }

    private static string Place(Diagnostic error, CellCode cell)
    {
        if (error.Location.SourceTree is null) return cell.Name;
        FileLinePositionSpan span = error.Location.GetLineSpan();
        return $"{Path.GetFileName(span.Path)}, line {span.StartLinePosition.Line + 1}, column {span.StartLinePosition.Character + 1}";
    }

    private static string Text(Diagnostic error) => error.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
}
