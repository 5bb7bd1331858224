using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Tests.Support;

/// <summary>Makes notebook files for tests.</summary>
internal static class Build
{
    public static JsonObject Notebook(params JsonObject[] cells) => new()
    {
        ["cells"] = new JsonArray([.. cells]),
        ["metadata"] = new JsonObject
        {
            ["cxrlab"] = new JsonObject { ["memory_mb"] = 2000, ["minutes"] = 2, ["slides"] = new JsonArray(1) },
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    };

    public static JsonObject Notebook(params string[] sources) => Notebook([.. sources.Select((source, index) => Code(source, $"cell-{index}"))]);

    /// <summary>A lecture in which <c>cxrnb check</c> finds nothing; its last cell has this code, and is its third cell with code.</summary>
    public static JsonObject Lecture(string source = "1 + 1", params JsonObject[] outputs)
    {
        JsonObject[] code = [Code("var a = 1;", "setup"), Code("a == 1", "check"), Code(source, "last")];
        foreach ((int index, JsonObject cell) in code.Index()) cell["execution_count"] = index + 1;
        code[^1]["outputs"] = new JsonArray([.. outputs]);
        return Notebook(
            Markdown("# 1 · Lungs & hearts\n*For teaching, not for clinical use.*\n\nTwo **words** about it.\n\n" +
                "**You will** look · count.\n\n**You need** a little C#. **Time** a minute to run.", "title"),
            code[0],
            Markdown("## Exercises\n1. One.\n2. Two.\n3. Three.", "exercises"),
            code[1],
            Markdown("<details><summary>Worked solutions</summary>\n\n1. So.\n</details>", "solutions"),
            code[2]);
    }

    public static JsonObject Code(string source, string id, params string[] tags) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = id,
        ["metadata"] = tags.Length == 0 ? [] : new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) },
        ["outputs"] = new JsonArray(),
        ["source"] = Lines(source),
    };

    public static JsonObject Markdown(string source, string id) =>
        new() { ["cell_type"] = "markdown", ["id"] = id, ["metadata"] = new JsonObject(), ["source"] = Lines(source) };

    private static JsonArray Lines(string source)
    {
        string[] lines = source.Split('\n');
        return [.. lines.Select((line, index) => (JsonNode)(index < lines.Length - 1 ? line + "\n" : line))];
    }
}
