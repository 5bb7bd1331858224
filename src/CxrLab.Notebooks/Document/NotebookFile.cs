using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Document;

/// <summary>Reads notebooks with errors that say where, and writes them whole or not at all.</summary>
internal static class NotebookFile
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="BadNotebookException">The file isn't JSON, isn't a notebook of format 4, or is one of another language.</exception>
    public static Notebook Read(string path)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(File.ReadAllText(path), documentOptions: Strict);
        }
        catch (JsonException error)
        {
            throw new BadNotebookException(
                $"{path}({error.LineNumber + 1},{error.BytePositionInLine + 1}): this isn't valid JSON: {WithoutPosition(error.Message)}");
        }
        if (root is not JsonObject json || json["cells"] is not JsonArray cells || cells.Any(cell => cell is not JsonObject))
            throw new BadNotebookException($"{path}: this is JSON but no notebook: a notebook is an object with a list 'cells'.");
        RequireFormat4(path, json);
        var notebook = new Notebook(path, json) { CellsWithoutId = GiveIds(cells) };
        if (notebook.KernelName is string kernel && kernel != ".net-csharp")
            throw new BadNotebookException($"{path}: this notebook's kernel is '{kernel}'; this program runs C# ('.net-csharp').");
        return notebook;
    }

    /// <summary>Writes the notebook as Jupyter would, whole or not at all.</summary>
    public static void Write(Notebook notebook, string path) => WholeFile.Write(path, JsonText.Write(notebook.Json));

    private static void RequireFormat4(string path, JsonObject json)
    {
        if (json["nbformat"] is not JsonValue format || !format.TryGetValue(out int major) || major != 4)
            throw new BadNotebookException($"{path}: the notebook's format is '{json["nbformat"]?.ToJsonString() ?? "missing"}'; only format 4 is read.");
        // Outputs are written in format 4.5, whose cells have ids.
        if (json["nbformat_minor"] is not JsonValue minor || !minor.TryGetValue(out int value) || value < 5) json["nbformat_minor"] = 5;
        json["metadata"] ??= new JsonObject();
    }

    private static int GiveIds(JsonArray cells)
    {
        int given = 0;
        for (int index = 0; index < cells.Count; index++)
        {
            var cell = (JsonObject)cells[index]!;
            if (NotebookCell.Text(cell["id"]) is { Length: > 0 }) continue;
            // From place and text, not at random: two runs of one file give one id.
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{index}|{MultiLine.FromJson(cell["source"])}"));
            cell["id"] = Convert.ToHexStringLower(hash)[..8];
            given++;
        }
        return given;
    }

    private static string WithoutPosition(string message)
    {
        int position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? message : message[..position];
    }
}
