using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Checking;

/// <summary>Rules about code cells.</summary>
internal static class CellRules
{
    /// <summary>Nine of ten code cells have at most this many lines.</summary>
    internal const int MostLines = 12;

    private static readonly string[] PersonalRoots = ["/home/", "/Users/", "/root/", "/tmp/", "/var/folders/", "/work/", "/mnt/"];

    private static string Home { get; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 1 } home ? home + "/" : "/root/";

    public static IEnumerable<Finding> Length(Notebook notebook)
    {
        int[] lines = [.. notebook.CodeCells.Select(Lines).Order()];
        if (lines.Length == 0) yield break;
        int p90 = lines[(int)Math.Ceiling(0.9 * lines.Length) - 1];
        if (p90 <= MostLines) yield break;
        // One finding per long cell: whoever mends it needs to know which.
        foreach ((NotebookCell cell, int index) in Indexed(notebook).Where(item => Lines(item.Cell) > MostLines))
            yield return Finding.In(cell, index, "length", $"it has {Lines(cell)} lines, and the notebook's p90 is {p90}; at most {MostLines} are wanted.", "Cut it in two, or move a helper to the library.");
    }

    public static IEnumerable<Finding> Order(Notebook notebook)
    {
        const string fix = "'cxrnb run --in-place' runs all cells in order.";
        (NotebookCell Cell, int Index)[] cells = [.. Indexed(notebook)];
        if (cells.Length > 0 && cells.All(item => Count(item.Cell) is null))
        {
            yield return new Finding("order", "no cell has been run.", fix);
            yield break;
        }
        foreach ((NotebookCell cell, int index) in cells.Where(item => Count(item.Cell) != item.Cell.Number))
            yield return Finding.In(cell, index, "order", $"it was run as number {Count(cell)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}, not {cell.Number}.", fix);
    }

    public static IEnumerable<Finding> MachinePaths(Notebook notebook)
    {
        const string rule = "machine-path";
        foreach ((NotebookCell cell, int index) in notebook.Cells.Select((cell, index) => (cell, index)))
        {
            if (FirstPath(cell.Source) is string inSource)
                yield return Finding.In(cell, index, rule, $"its text names a path of one machine: {inSource}.", "Write it relative to the notebook.");
            if (cell.Outputs.SelectMany(OutputRules.Texts).Select(FirstPath).FirstOrDefault(path => path is not null) is string inOutput)
                yield return Finding.In(cell, index, rule, $"its output names a path of one machine: {inOutput}.", "Print the file's name only, or delete a folder that is no longer there.");
        }
    }

    private static int Lines(NotebookCell cell) => cell.Source.TrimEnd().Split('\n').Length;

    private static int? Count(NotebookCell cell) =>
        cell.Json["execution_count"] is System.Text.Json.Nodes.JsonValue value && value.TryGetValue(out int count) ? count : null;

    private static IEnumerable<(NotebookCell Cell, int Index)> Indexed(Notebook notebook) =>
        notebook.Cells.Select((cell, index) => (cell, index)).Where(item => item.cell.HasCode);

    private static string? FirstPath(string text) =>
        PathScrubber.AbsolutePath().Matches(text).Select(match => match.Value).FirstOrDefault(IsPersonal);

    /// <summary>Folders of a user or of one run; <c>/usr/bin</c> and <c>/data</c> may well be meant for every reader.</summary>
    private static bool IsPersonal(string path) =>
        path is not ['/', ..] || PersonalRoots.Any(root => path.StartsWith(root, StringComparison.Ordinal)) || path.StartsWith(Home, StringComparison.Ordinal);
}
