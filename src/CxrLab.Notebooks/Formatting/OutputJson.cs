using System.Text.Json;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Formatting;

/// <summary>The four kinds of output of notebook format 4.5, keys in alphabetical order as Jupyter writes them.</summary>
internal static class OutputJson
{
    public static JsonObject Stream(string name, string text) =>
        new() { ["name"] = name, ["output_type"] = "stream", ["text"] = MultiLine.ToJson(text) };

    public static JsonObject Display(IReadOnlyDictionary<string, string> bundle) =>
        new() { ["data"] = Data(bundle), ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };

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
