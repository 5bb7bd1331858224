using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>A session speaks the notebook format, in which text is a list of lines; on the wire it is one string.</summary>
internal static class OutputContent
{
    /// <summary>An output as a message's content.</summary>
    public static JsonObject Of(JsonObject output)
    {
        var content = new JsonObject();
        foreach ((string key, JsonNode? value) in output)
            if (key != "output_type") content[key] = key == "data" ? Data(value) : value?.DeepClone();
        return content;
    }

    /// <summary>MIME type → value.</summary>
    public static JsonObject Data(JsonNode? data)
    {
        var joined = new JsonObject();
        foreach ((string type, JsonNode? value) in data as JsonObject ?? [])
            joined[type] = value is JsonArray && !type.EndsWith("json", StringComparison.Ordinal) ? MultiLine.FromJson(value) : value?.DeepClone();
        return joined;
    }
}
