using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Document;

/// <summary>A notebook in memory: the JSON tree as it was read, and a view of its cells.</summary>
internal sealed class Notebook
{
    public Notebook(string path, JsonObject json)
    {
        Path = System.IO.Path.GetFullPath(path);
        Json = json;
        int number = 0;
        Cells = [.. ((JsonArray)json["cells"]!).Cast<JsonObject>().Select(cell =>
        {
            bool hasCode = NotebookCell.Text(cell["cell_type"]) == "code" && !string.IsNullOrWhiteSpace(MultiLine.FromJson(cell["source"]));
            return new NotebookCell(cell, hasCode ? ++number : 0);
        })];
    }

    /// <summary>Absolute path of the file it was read from.</summary>
    public string Path { get; }

    /// <summary>The folder that <c>#r</c>, <c>#load</c> and relative files are found from.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    public string Name => System.IO.Path.GetFileName(Path);

    public JsonObject Json { get; }

    public IReadOnlyList<NotebookCell> Cells { get; }

    public JsonObject? Metadata => Json["metadata"] as JsonObject;

    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.HasCode);

    /// <summary>How many cells came without an id and were given one.</summary>
    public int CellsWithoutId { get; init; }

    public string? KernelName => NotebookCell.Text((Metadata?["kernelspec"] as JsonObject)?["name"]);
}
