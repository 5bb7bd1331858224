using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Document;

/// <summary>
/// Writes JSON exactly as Jupyter does: one space of indentation, non-ASCII characters as they are, a final newline.
/// System.Text.Json escapes every character beyond the basic plane, which would turn each emoji of a lecture into a diff.
/// </summary>
internal static class JsonText
{
    public static string Write(JsonNode node)
    {
        var text = new StringBuilder();
        Append(text, node, depth: 0);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null: text.Append("null"); break;
            case JsonObject map: AppendAll(text, '{', '}', map, depth, pair => { AppendString(text, pair.Key); text.Append(": "); return pair.Value; }); break;
            case JsonArray list: AppendAll(text, '[', ']', list, depth, item => item); break;
            case JsonValue when node.GetValueKind() == JsonValueKind.String: AppendString(text, node.GetValue<string>()); break;
            default: text.Append(node.ToJsonString()); break; // numbers keep the digits they were read with
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, char close, ICollection<T> items, int depth, Func<T, JsonNode?> head)
    {
        text.Append(open);
        bool first = true;
        foreach (T item in items)
        {
            text.Append(first ? "\n" : ",\n").Append(' ', depth + 1);
            Append(text, head(item), depth + 1);
            first = false;
        }
        if (!first) text.Append('\n').Append(' ', depth);
        text.Append(close);
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}
