using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Checking;

/// <summary>Rules about the file as a whole.</summary>
internal static partial class FileRules
{
    /// <summary>Largest file, in bytes: what a browser and a reviewer still take.</summary>
    internal const int MostBytes = 700_000;

    public static IEnumerable<Finding> Metadata(Notebook notebook)
    {
        const string rule = "metadata";
        if (notebook.KernelName is null)
            yield return new Finding(rule, "metadata has no kernelspec.", "Add kernelspec: {name: \".net-csharp\", display_name: \".NET (C#)\", language: \"C#\"}.");
        if (notebook.Metadata?["cxrlab"] is not JsonObject budget)
        {
            yield return new Finding(rule, "metadata has no 'cxrlab'.", "Add cxrlab: {minutes, memory_mb, slides}: what the notebook may cost, and what it belongs to.");
            yield break;
        }
        foreach (string key in new[] { "minutes", "memory_mb" })
        {
            if (budget[key] is not JsonValue value || !value.TryGetValue(out double number) || number <= 0)
                yield return new Finding(rule, $"metadata cxrlab.{key} is {budget[key]?.ToJsonString() ?? "missing"}.", "Give a positive number, with some room over what a run takes.");
        }
        if (budget["slides"] is null) yield return new Finding(rule, "metadata cxrlab.slides is missing.", "Name the slides that the notebook belongs to.");
    }

    public static IEnumerable<Finding> Size(Notebook notebook)
    {
        long bytes = new FileInfo(notebook.Path).Length;
        if (bytes <= MostBytes) yield break;
        (NotebookCell cell, int index) = notebook.Cells.Select((cell, index) => (cell, index)).MaxBy(item => item.cell.Json.ToJsonString().Length);
        yield return Finding.In(cell, index, "size", $"the file has {bytes / 1000} kB, and most of all in this cell; at most {MostBytes / 1000} kB are wanted.", "Show smaller or fewer figures.");
    }

    public static IEnumerable<Finding> Ids(Notebook notebook)
    {
        const string rule = "ids";
        if (notebook.CellsWithoutId > 0)
            yield return new Finding(rule, $"{notebook.CellsWithoutId} cells have no id.", "'cxrnb run --in-place' gives them one.");
        foreach (var same in notebook.Cells.Select((cell, index) => (cell, index)).GroupBy(item => item.cell.Id, StringComparer.Ordinal))
        {
            (NotebookCell cell, int index) = same.Last();
            if (same.Count() > 1) yield return Finding.In(cell, index, rule, $"{same.Count()} cells share the id '{same.Key}'.", "Give this one another id; an editor needs them to tell cells apart.");
            else if (!ValidId().IsMatch(same.Key ?? "")) yield return Finding.In(cell, index, rule, $"'{same.Key}' is no valid id.", "Use 1 to 64 letters, digits, '-' and '_'.");
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex ValidId();
}
