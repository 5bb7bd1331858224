using System.Buffers.Binary;
using System.Text.Json;

namespace CxrLab.Models;

/// <summary>The checked header of a safetensors file: entries follow each other without gap and fill the file.</summary>
internal sealed record SafeTensorsHeader(IReadOnlyList<SafeTensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    private const int MaxLength = 100_000_000; // the reference implementation's limit

    /// <summary>Reads the header and leaves <paramref name="stream"/> at the first tensor.</summary>
    internal static SafeTensorsHeader Read(string file, Stream stream)
    {
        if (stream.Length < sizeof(ulong)) throw new WeightsException(file, null, $"{stream.Length} bytes", "at least 8, the header's length");
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        ulong most = (ulong)Math.Min(MaxLength, stream.Length - sizeof(ulong));
        if (length > most) throw new WeightsException(file, null, $"a header of {length} bytes", $"at most {most}; it is no safetensors file or was cut off");
        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        SafeTensorsHeader header = Parse(file, bytes);
        header.CheckLayout(file, stream.Length - stream.Position);
        return header;
    }

    private static SafeTensorsHeader Parse(string file, byte[] bytes)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new WeightsException(file, null, $"a header of kind {json.RootElement.ValueKind}", "a JSON object");
            var entries = new List<SafeTensorsEntry>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
            {
                if (!seen.Add(property.Name)) throw new WeightsException(file, property.Name, "the key twice", "each key once");
                if (property.Name == "__metadata__") ReadMetadata(file, property, metadata);
                else entries.Add(Entry(file, property));
            }

            return new([.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)], metadata);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string in the header isn't valid UTF-8.
            throw new WeightsException(file, null, $"a header that isn't JSON ({error.Message})", "a JSON object", error);
        }
    }

    private static void ReadMetadata(string file, JsonProperty property, Dictionary<string, string> metadata)
    {
        if (property.Value.ValueKind != JsonValueKind.Object)
            throw new WeightsException(file, property.Name, property.Value.ValueKind.ToString(), "a JSON object of words");
        foreach (JsonProperty word in property.Value.EnumerateObject())
        {
            if (word.Value.ValueKind != JsonValueKind.String)
                throw new WeightsException(file, property.Name, $"'{word.Name}' of kind {word.Value.ValueKind}", "words only");
            if (!metadata.TryAdd(word.Name, word.Value.GetString()!))
                throw new WeightsException(file, property.Name, $"'{word.Name}' twice", "each word once");
        }
    }

    private static SafeTensorsEntry Entry(string file, JsonProperty property)
    {
        string key = property.Name;
        string name = Member(file, property, "dtype", JsonValueKind.String).GetString()!;
        NumberType type = NumberType.OfSafeTensors(name) ?? throw new WeightsException(file, key, $"type {name}", $"one of {NumberType.SafeTensorsNames}");
        long[] shape = Numbers(file, property, "shape"), offsets = Numbers(file, property, "data_offsets");
        if (offsets.Length != 2 || offsets[0] > offsets[1])
            throw new WeightsException(file, key, $"data_offsets [{string.Join(", ", offsets)}]", "begin and end");
        var entry = new SafeTensorsEntry(key, type, shape, offsets[0], offsets[1]);
        if (Bytes(entry) is not { } bytes || bytes != entry.Length)
            throw new WeightsException(file, key, $"{entry.Length} bytes", $"{name} [{string.Join(", ", shape)}]");
        return entry;
    }

    private static long? Bytes(SafeTensorsEntry entry)
    {
        if (entry.Shape.Contains(0)) return 0;
        long bytes = entry.Type.Size;
        foreach (long size in entry.Shape)
        {
            if (bytes > long.MaxValue / size) return null;
            bytes *= size;
        }

        return bytes;
    }

    private static JsonElement Member(string file, JsonProperty property, string name, JsonValueKind kind)
    {
        if (property.Value.ValueKind != JsonValueKind.Object || !property.Value.TryGetProperty(name, out JsonElement member) || member.ValueKind != kind)
            throw new WeightsException(file, property.Name, $"no valid '{name}'", "an object with dtype, shape and data_offsets");
        return member;
    }

    private static long[] Numbers(string file, JsonProperty property, string name)
    {
        var numbers = new List<long>();
        foreach (JsonElement element in Member(file, property, name, JsonValueKind.Array).EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out long number) || number < 0)
                throw new WeightsException(file, property.Name, $"{element} in '{name}'", "whole numbers from 0");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private void CheckLayout(string file, long available)
    {
        long expected = 0;
        foreach (SafeTensorsEntry entry in Entries)
        {
            if (entry.Begin != expected)
                throw new WeightsException(file, entry.Key, $"begin {entry.Begin}", $"{expected}, the end of the tensor before it");
            if (entry.End > available)
                throw new WeightsException(file, entry.Key, $"end {entry.End}", $"at most {available}, the bytes that are there; the file was cut off");
            if (entry.Length > int.MaxValue)
                throw new WeightsException(file, entry.Key, $"{entry.Length} bytes", "less than 2 GiB per tensor");
            expected = entry.End;
        }

        if (expected != available) throw new WeightsException(file, null, $"{available} bytes of tensors", $"{expected} as the header says");
    }
}
