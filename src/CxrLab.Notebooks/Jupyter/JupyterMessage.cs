using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>A message that a client sent.</summary>
/// <param name="Identities">The routing frames; a reply goes back to them.</param>
/// <param name="Header">Its header.</param>
/// <param name="HeaderFrame">The header's bytes as they came: replies carry them as their parent.</param>
/// <param name="Content">The content, by message type.</param>
internal sealed record JupyterMessage(IReadOnlyList<byte[]> Identities, JsonObject Header, byte[] HeaderFrame, JsonObject Content)
{
    public string Type => Text(Header, "msg_type") ?? "";

    /// <summary>A string of the content; null where it is absent or isn't a string.</summary>
    public string? Text(string key) => Text(Content, key);

    public bool Flag(string key, bool otherwise) => Content[key] is JsonValue value && value.TryGetValue(out bool flag) ? flag : otherwise;

    public int? Number(string key) => Content[key] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static string? Text(JsonObject map, string key) => map[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
