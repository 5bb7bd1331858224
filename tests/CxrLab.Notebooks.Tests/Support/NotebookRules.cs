using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CxrLab.Notebooks.Tests.Support;

/// <summary>The structural rules of the nbformat 4.5 schema; asserts each.</summary>
internal static partial class NotebookRules
{
    public static void AssertValid(JsonObject notebook)
    {
        Keys(notebook, ["cells", "metadata", "nbformat", "nbformat_minor"]);
        Assert.Equal(4, notebook["nbformat"]!.GetValue<int>());
        Assert.True(notebook["nbformat_minor"]!.GetValue<int>() >= 5);
        JsonObject[] cells = [.. notebook["cells"]!.AsArray().Select(cell => cell!.AsObject())];
        Assert.All(cells, Cell);
        Assert.Distinct(cells.Select(cell => cell["id"]!.GetValue<string>()));
    }

    private static void Cell(JsonObject cell)
    {
        Assert.Matches(Id(), cell["id"]!.GetValue<string>());
        MultiLine(cell["source"]);
        Assert.IsType<JsonObject>(cell["metadata"]);
        if (cell["cell_type"]!.GetValue<string>() != "code")
        {
            Keys(cell, cell.ContainsKey("attachments") ? ["attachments", "cell_type", "id", "metadata", "source"] : ["cell_type", "id", "metadata", "source"]);
            return;
        }
        Keys(cell, ["cell_type", "execution_count", "id", "metadata", "outputs", "source"]);
        Assert.True(cell["execution_count"] is null || cell["execution_count"]!.GetValue<int>() >= 0);
        Assert.All(cell["outputs"]!.AsArray(), output => Output(output!.AsObject()));
    }

    private static void Output(JsonObject output)
    {
        switch (output["output_type"]!.GetValue<string>())
        {
            case "stream":
                Keys(output, ["name", "output_type", "text"]);
                MultiLine(output["text"]);
                break;
            case "error":
                Keys(output, ["ename", "evalue", "output_type", "traceback"]);
                Assert.All(output["traceback"]!.AsArray(), line => Assert.Equal(JsonValueKind.String, line!.GetValueKind()));
                break;
            case "display_data":
                Keys(output, ["data", "metadata", "output_type"]);
                Bundle(output["data"]!.AsObject());
                break;
            case "execute_result":
                Keys(output, ["data", "execution_count", "metadata", "output_type"]);
                Bundle(output["data"]!.AsObject());
                break;
            case string other:
                Assert.Fail($"unknown output_type {other}");
                break;
        }
    }

    private static void Bundle(JsonObject data)
    {
        Assert.True(data.ContainsKey("text/plain"));
        foreach ((string type, JsonNode? value) in data)
        {
            if (!type.EndsWith("json", StringComparison.Ordinal)) MultiLine(value);
        }
    }

    private static void MultiLine(JsonNode? node)
    {
        if (node is JsonValue value) Assert.Equal(JsonValueKind.String, value.GetValueKind());
        else Assert.All(Assert.IsType<JsonArray>(node), line => Assert.Equal(JsonValueKind.String, line!.GetValueKind()));
    }

    private static void Keys(JsonObject node, string[] keys) =>
        Assert.Equal(keys, node.Select(pair => pair.Key).Order(StringComparer.Ordinal));

    [GeneratedRegex("^[a-zA-Z0-9-_]{1,64}$")]
    private static partial Regex Id();
}
