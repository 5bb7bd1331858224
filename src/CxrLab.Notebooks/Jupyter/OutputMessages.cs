using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// A session's outputs as messages. A session speaks the notebook format, in which text is a list of lines; on the wire it is one string.
/// </summary>
internal sealed class OutputMessages(IoPub ioPub)
{
    /// <summary>Whether nothing is to be seen of the running cell.</summary>
    public bool Silent { get; set; }

    /// <summary>text/plain of the running cell's result, if it had one.</summary>
    public string? Result { get; private set; }

    public void CellStarts(JupyterMessage request, bool silent)
    {
        ioPub.CellStarts(request);
        Silent = silent;
        Result = null;
    }

    public void Send(JsonObject output)
    {
        string type = NotebookCell.Text(output["output_type"]) ?? "";
        if (type == "execute_result") Result = MultiLine.FromJson(output["data"]?["text/plain"]);
        if (Silent) return;
        if (type == "stream") ioPub.Stream(NotebookCell.Text(output["name"]) ?? "stdout", MultiLine.FromJson(output["text"]));
        else ioPub.Output(type, Content(output));
    }

    /// <summary>MIME type → value, as the wire has it.</summary>
    public static JsonObject Data(JsonNode? data)
    {
        var joined = new JsonObject();
        foreach ((string type, JsonNode? value) in data as JsonObject ?? [])
            joined[type] = value is JsonArray && !type.EndsWith("json", StringComparison.Ordinal) ? MultiLine.FromJson(value) : value?.DeepClone();
        return joined;
    }

    private static JsonObject Content(JsonObject output)
    {
        var content = new JsonObject();
        foreach ((string key, JsonNode? value) in output)
            if (key != "output_type") content[key] = key == "data" ? Data(value) : value?.DeepClone();
        return content;
    }
}
