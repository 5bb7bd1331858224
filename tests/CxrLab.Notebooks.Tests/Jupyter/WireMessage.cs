using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Tests.Jupyter;

/// <summary>A message as a client sees it, read and signed without the kernel's own code.</summary>
internal sealed record WireMessage(JsonObject Header, JsonObject Parent, JsonObject Content)
{
    public string Type => NotebookCell.Text(Header["msg_type"])!;

    public string? ParentId => NotebookCell.Text(Parent["msg_id"]);

    public string? Text(string key) => NotebookCell.Text(Content[key]);

    /// <summary>text/plain of a result or a display.</summary>
    public string? Plain => NotebookCell.Text(Content["data"]?["text/plain"]);

    public static List<byte[]> Frames(string key, string id, string type, JsonObject content)
    {
        var header = new JsonObject
        {
            ["msg_id"] = id,
            ["session"] = "test",
            ["username"] = "t",
            ["date"] = "2026-01-01T00:00:00Z",
            ["msg_type"] = type,
            ["version"] = "5.3",
        };
        byte[][] json = [.. new[] { header.ToJsonString(), "{}", "{}", content.ToJsonString() }.Select(Encoding.UTF8.GetBytes)];
        return ["<IDS|MSG>"u8.ToArray(), Signature(key, json), .. json];
    }

    public static WireMessage Read(string key, List<byte[]> frames)
    {
        int start = frames.FindIndex(frame => frame.AsSpan().SequenceEqual("<IDS|MSG>"u8));
        byte[][] json = [.. frames.Skip(start + 2).Take(4)];
        Assert.Equal(Signature(key, json), frames[start + 1]);
        JsonObject[] parts = [.. json.Select(frame => JsonNode.Parse(frame)!.AsObject())];
        return new WireMessage(parts[0], parts[1], parts[3]);
    }

    public static byte[] Signature(string key, byte[][] json) =>
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), json.SelectMany(frame => frame).ToArray())));
}
