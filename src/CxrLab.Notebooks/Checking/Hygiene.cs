using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Checking;

/// <summary>What a committed notebook must keep to, so that it is short, portable and gives small diffs.</summary>
internal static class Hygiene
{
    /// <summary>Largest file, in bytes: what a browser and a reviewer still take.</summary>
    internal const int MostBytes = 700_000;

    /// <summary>Nine of ten code cells have at most this many lines.</summary>
    internal const int MostLines = 12;

    private static readonly string[] BudgetKeys = ["minutes", "memory_mb", "slides"];

    /// <returns>One sentence per finding; none when all is well.</returns>
    public static IEnumerable<string> Check(Notebook notebook) =>
    [
        .. Metadata(notebook), .. Ids(notebook), .. Length(notebook), .. Size(notebook),
        .. notebook.Cells.SelectMany((cell, index) => MachinePaths(cell, index)),
    ];

    private static IEnumerable<string> Metadata(Notebook notebook)
    {
        if (notebook.KernelName is null) yield return "metadata has no kernelspec; its name must be '.net-csharp'.";
        if (notebook.Metadata?["cxrlab"] is not JsonObject budget)
        {
            yield return "metadata has no 'cxrlab: {minutes, memory_mb, slides}'.";
            yield break;
        }
        foreach (string key in BudgetKeys.Where(key => budget[key] is null)) yield return $"metadata 'cxrlab' has no '{key}'.";
    }

    private static IEnumerable<string> Ids(Notebook notebook)
    {
        if (notebook.CellsWithoutId > 0) yield return $"{notebook.CellsWithoutId} cells have no id; 'cxrnb run --in-place' gives them one.";
        foreach (var same in notebook.Cells.GroupBy(cell => cell.Id).Where(group => group.Count() > 1))
            yield return $"{same.Count()} cells share the id '{same.Key}'.";
    }

    private static IEnumerable<string> Length(Notebook notebook)
    {
        int[] lines = [.. notebook.CodeCells.Select(cell => cell.Source.TrimEnd().Split('\n').Length).Order()];
        if (lines.Length == 0) yield break;
        int p90 = lines[(int)Math.Ceiling(0.9 * lines.Length) - 1];
        if (p90 > MostLines) yield return $"code cells are long: p90 is {p90} lines, at most {MostLines} are wanted.";
    }

    private static IEnumerable<string> Size(Notebook notebook)
    {
        long bytes = new FileInfo(notebook.Path).Length;
        if (bytes > MostBytes) yield return $"the file has {bytes / 1000} kB; at most {MostBytes / 1000} kB are wanted. Show smaller figures.";
    }

    private static IEnumerable<string> MachinePaths(NotebookCell cell, int index)
    {
        string place = cell.HasCode ? $"Cell {cell.Number}" : $"{cell.Kind} cell at place {index + 1}";
        if (FirstPath(cell.Source) is string inSource) yield return $"{place}: its text names a path of one machine: {inSource}";
        foreach (string text in cell.Outputs.SelectMany(Texts))
        {
            if (FirstPath(text) is not string inOutput) continue;
            yield return $"{place}: its output names a path of one machine: {inOutput}";
            yield break;
        }
    }

    private static string? FirstPath(string text) =>
        PathScrubber.AbsolutePath().Matches(text).Select(match => match.Value).FirstOrDefault(IsPersonal);

    /// <summary>Folders of a user or of one run; <c>/usr/bin</c> and <c>/data</c> may well be meant for every reader.</summary>
    private static bool IsPersonal(string path) =>
        path is not ['/', ..] || PersonalRoots.Any(root => path.StartsWith(root, StringComparison.Ordinal)) || path.StartsWith(Home, StringComparison.Ordinal);

    private static readonly string[] PersonalRoots = ["/home/", "/Users/", "/root/", "/tmp/", "/var/folders/", "/work/", "/mnt/"];

    private static string Home { get; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 1 } home ? home + "/" : "/root/";

    /// <summary>The text of an output that people read; pictures in base64 are no text.</summary>
    private static IEnumerable<string> Texts(JsonNode? output)
    {
        if (output is not JsonObject map) yield break;
        foreach (string key in new[] { "text", "traceback" }) yield return MultiLine.FromJson(map[key]);
        yield return NotebookCell.Text(map["evalue"]) ?? "";
        foreach ((string type, JsonNode? value) in map["data"] as JsonObject ?? [])
        {
            if (type.StartsWith("text/", StringComparison.Ordinal)) yield return MultiLine.FromJson(value);
        }
    }
}
