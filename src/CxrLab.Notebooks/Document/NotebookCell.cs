using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Document;

/// <summary>One cell, as a thin view of its JSON: what isn't touched is written back as it was.</summary>
/// <param name="json">The cell's own object in the notebook's tree.</param>
/// <param name="number">Its place among the code cells that hold code, from 1, and so its execution count; 0 for any other cell.</param>
internal sealed class NotebookCell(JsonObject json, int number)
{
    public JsonObject Json { get; } = json;

    /// <summary>1 for the first cell with code: what errors call <c>Cell 1</c> and the page shows as <c>[1]</c>.</summary>
    public int Number { get; } = number;

    public string Kind => Text(Json["cell_type"]) ?? "";

    public bool HasCode => Number > 0;

    public string? Id => Text(Json["id"]);

    public JsonObject? Metadata => Json["metadata"] as JsonObject;

    public JsonArray Outputs => Json["outputs"] as JsonArray ?? [];

    public string Source
    {
        get => MultiLine.FromJson(Json["source"]);
        set => Json["source"] = MultiLine.ToJson(value);
    }

    /// <summary>The first line that isn't blank; empty for a cell without text.</summary>
    public string FirstLine => Source.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";

    /// <summary>The language its metadata names (polyglot notebooks mix several), or null: then it is the notebook's.</summary>
    public string? Language =>
        Text((Metadata?["polyglot_notebook"] as JsonObject)?["kernelName"])
        ?? Text((Metadata?["dotnet_interactive"] as JsonObject)?["language"])
        ?? Text((Metadata?["vscode"] as JsonObject)?["languageId"]);

    public bool HasTag(string tag) => Metadata?["tags"] is JsonArray tags && tags.Any(item => Text(item) == tag);

    /// <summary>Replaces outputs and execution count; keys that are there keep their place, so a second run gives a small diff.</summary>
    public void SetResult(int? executionCount, JsonArray outputs)
    {
        Json["execution_count"] = executionCount;
        Json["outputs"] = outputs;
    }

    internal static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
