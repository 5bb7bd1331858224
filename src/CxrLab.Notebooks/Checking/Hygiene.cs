using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Checking;

/// <summary>What a notebook must have before it is shared.</summary>
internal static class Hygiene
{
    private const int MostBytes = 700_000, MostLines = 12;

    /// <summary>What is wrong, one sentence each.</summary>
    internal static IEnumerable<string> Problems(Notebook notebook)
    {
        if (notebook.KernelName != ".net-csharp") yield return "its kernelspec isn't '.net-csharp'";
        if (notebook.Metadata?["cxrlab"] is not JsonObject own || own["minutes"] is null || own["memory_mb"] is null) yield return "its metadata lacks cxrlab: {minutes, memory_mb}";
        long bytes = new FileInfo(notebook.Path).Length;
        if (bytes > MostBytes) yield return $"it has {bytes / 1000} kB; at most {MostBytes / 1000} kB are shared (no plotly.js, no large pictures)";
        foreach (NotebookCell cell in notebook.CodeCells)
        {
            if (PathScrubber.AbsolutePath().Matches(cell.Source + cell.Outputs.ToJsonString()).Select(match => match.Value).FirstOrDefault(PathScrubber.IsOfMachine) is { } path)
                yield return $"cell {cell.Number} holds a folder of one machine: {path}";
        }

        int[] lines = [.. notebook.CodeCells.Select(cell => cell.Source.TrimEnd().Split('\n').Length).Order()];
        if (lines.Length > 0 && lines[(int)(0.9 * (lines.Length - 1))] is var ninth && ninth > MostLines) yield return $"one cell in ten is longer than {MostLines} lines ({ninth})";
    }
}
