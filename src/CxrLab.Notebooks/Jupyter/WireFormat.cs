using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// Messages as frames: identities, a delimiter, a signature, then header, parent header, metadata and content as JSON
/// (Jupyter's messaging documentation, "The wire protocol", version 5.3).
/// </summary>
internal sealed class WireFormat(MessageSigner signer)
{
    public const string ProtocolVersion = "5.3";

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();
    // What goes over this wire isn't put into HTML, so only what JSON itself demands is escaped: a 5 MB page keeps its size.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly string session = Guid.NewGuid().ToString("N");
    private int sent;

    /// <exception cref="FormatException">The frames aren't a message of somebody who knows the key; the text says why.</exception>
    public JupyterMessage Read(IReadOnlyList<byte[]> frames)
    {
        int delimiter = 0;
        while (delimiter < frames.Count && !frames[delimiter].AsSpan().SequenceEqual(Delimiter)) delimiter++;
        if (frames.Count < delimiter + 6) throw new FormatException($"{frames.Count} frames aren't a message: delimiter, signature and four JSON frames are needed");
        byte[][] json = [.. frames.Skip(delimiter + 2).Take(4)];
        if (!signer.IsValid(frames[delimiter + 1], json)) throw new FormatException("the signature is wrong");
        JsonObject header = Parse(json[0], "header");
        Parse(json[1], "parent header");
        Parse(json[2], "metadata");
        return new JupyterMessage([.. frames.Take(delimiter)], header, json[0], Parse(json[3], "content"));
    }

    /// <param name="prefix">Identities of the receiver, or the topic of a broadcast.</param>
    /// <param name="type">The message's type.</param>
    /// <param name="parent">The header frame of the request that this belongs to; null: of none.</param>
    /// <param name="content">By type.</param>
    /// <param name="metadata">Usually none.</param>
    public IReadOnlyList<byte[]> Write(IEnumerable<byte[]> prefix, string type, byte[]? parent, JsonObject content, JsonObject? metadata = null)
    {
        byte[][] json = [Header(type), parent ?? EmptyObject, metadata is null ? EmptyObject : Bytes(metadata), Bytes(content)];
        return [.. prefix, Delimiter, signer.Sign(json), .. json];
    }

    internal static byte[] Bytes(JsonObject node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain)) node.WriteTo(writer);
        return stream.ToArray();
    }

    private byte[] Header(string type) => Bytes(new JsonObject
    {
        ["msg_id"] = string.Create(CultureInfo.InvariantCulture, $"{session}_{Interlocked.Increment(ref sent)}"),
        ["session"] = session,
        ["username"] = "kernel",
        ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        ["msg_type"] = type,
        ["version"] = ProtocolVersion,
    });

    private static JsonObject Parse(byte[] frame, string what)
    {
        try
        {
            // Reading a value here, not on first use, finds doubled keys and broken text now.
            if (JsonNode.Parse(frame) is JsonObject map && map.Count >= 0) return map;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or DecoderFallbackException)
        {
            throw new FormatException($"its {what} isn't JSON: {error.Message}");
        }
        throw new FormatException($"its {what} isn't a JSON object");
    }
}
