using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Document;

/// <summary>Notebook text: on disk a list of lines that keep their <c>\n</c> (or one string), in memory one string.</summary>
internal static class MultiLine
{
    public static JsonArray ToJson(string text)
    {
        var lines = new JsonArray();
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)text[start..next]);
            start = next;
        }
        return lines;
    }

    public static string FromJson(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(line => line?.GetValue<string>())),
        JsonValue text => text.GetValue<string>(),
        _ => "",
    };
}
