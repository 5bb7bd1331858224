using System.Text.Json;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Formatting;

/// <summary>
/// The four kinds of output of notebook format 4.5, keys in alphabetical order as Jupyter writes them; and two kinds that a notebook
/// doesn't store, because they change earlier outputs.
/// </summary>
internal static class OutputJson
{
    public static JsonObject Stream(string name, string text) =>
        new() { ["name"] = name, ["output_type"] = "stream", ["text"] = MultiLine.ToJson(text) };

    public const string UpdateType = "update_display_data";
    public const string ClearType = "clear_output";

    public static JsonObject Display(IReadOnlyDictionary<string, string> bundle) =>
        new() { ["data"] = Data(bundle), ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };

    /// <summary>An output that can be changed later. Its <c>transient</c> part goes over the wire and isn't stored.</summary>
    public static JsonObject Display(IReadOnlyDictionary<string, string> bundle, string displayId)
    {
        JsonObject output = Display(bundle);
        output["transient"] = new JsonObject { ["display_id"] = displayId };
        return output;
    }

    /// <summary>Takes the place of what was shown under that id.</summary>
    public static JsonObject Update(IReadOnlyDictionary<string, string> bundle, string displayId)
    {
        JsonObject output = Display(bundle, displayId);
        output["output_type"] = UpdateType;
        return output;
    }

    /// <param name="wait">Whether the cell's outputs stay until the next one comes, which avoids flicker.</param>
    public static JsonObject Clear(bool wait) => new() { ["output_type"] = ClearType, ["wait"] = wait };

    public static JsonObject ExecuteResult(int executionCount, IReadOnlyDictionary<string, string> bundle) => new()
    {
        ["data"] = Data(bundle),
        ["execution_count"] = executionCount,
        ["metadata"] = new JsonObject(),
        ["output_type"] = "execute_result",
    };

    public static JsonObject Error(CellFailure failure) => new()
    {
        ["ename"] = failure.Name,
        ["evalue"] = failure.Message,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. failure.Traceback.Select(line => (JsonNode)line)]),
    };

    private static JsonObject Data(IReadOnlyDictionary<string, string> bundle)
    {
        var data = new JsonObject();
        foreach ((string type, string value) in bundle.OrderBy(pair => pair.Key, StringComparer.Ordinal)) data[type] = Value(type, value);
        return data;
    }

    private static JsonNode? Value(string type, string value)
    {
        if (IsJson(type)) return ParseJson(type, value);
        // Base64 stays one string; what people read is a list of lines.
        bool isText = type.StartsWith("text/", StringComparison.Ordinal) || type is "image/svg+xml" or "application/javascript";
        return isText ? MultiLine.ToJson(value.ReplaceLineEndings("\n")) : JsonValue.Create(value);
    }

    private static bool IsJson(string type) =>
        type == "application/json" || (type.StartsWith("application/", StringComparison.Ordinal) && type.EndsWith("+json", StringComparison.Ordinal));

    private static JsonNode? ParseJson(string type, string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException error)
        {
            throw new FormatException($"ToMimeBundle gave '{type}', whose value must be JSON text: {error.Message}", error);
        }
    }
}
