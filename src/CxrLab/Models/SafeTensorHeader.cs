using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Stored">Its type in the file.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">Byte after the last.</param>
internal sealed record SafeTensorEntry(string Key, ScalarType Stored, long[] Shape, long Begin, long End);

/// <summary>Reads and checks the header of a safetensors file: every byte must belong to exactly one tensor.</summary>
internal static class SafeTensorHeader
{
    private const long LargestHeader = 100_000_000;

    private static readonly (string Name, ScalarType Type, int Size)[] Types =
    [
        ("F32", ScalarType.Float32, 4), ("F64", ScalarType.Float64, 8), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    internal static string? TypeName(ScalarType type) => Types.FirstOrDefault(known => known.Type == type).Name;

    internal static (List<SafeTensorEntry> Entries, Dictionary<string, string> Metadata, long Start) Read(string path, FileStream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8) throw Broken(path, $"it has {stream.Length} bytes; a safetensors file has at least 8");
        long length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > LargestHeader || length > stream.Length - 8) throw Broken(path, $"its header should have {length} bytes, but the file has {stream.Length}");
        var text = new byte[length];
        stream.ReadExactly(text);
        var entries = new List<SafeTensorEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == "__metadata__")
                    foreach (JsonProperty pair in property.Value.EnumerateObject()) metadata[pair.Name] = pair.Value.GetString() ?? "";
                else
                    entries.Add(Entry(path, property));
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Broken(path, $"its header isn't the JSON of a safetensors file ({error.Message})", error);
        }

        CheckCoverage(path, entries, stream.Length - 8 - length);
        return (entries, metadata, 8 + length);
    }

    private static SafeTensorEntry Entry(string path, JsonProperty property)
    {
        string name = property.Value.GetProperty("dtype").GetString()!;
        (string? known, ScalarType type, int size) = Types.FirstOrDefault(candidate => candidate.Name == name);
        if (known is null) throw Broken(path, $"'{property.Name}' has the type {name}; known are {string.Join(", ", Types.Select(candidate => candidate.Name))}");
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        long bytes = size;
        try
        {
            foreach (long side in shape) bytes = checked(bytes * side);
        }
        catch (OverflowException error)
        {
            throw Broken(path, $"'{property.Name}' of shape [{string.Join(", ", shape)}] is larger than any file", error);
        }

        if (shape.Any(side => side < 0) || offsets.Length != 2 || offsets[0] < 0 || offsets[1] - offsets[0] != bytes || bytes > int.MaxValue)
            throw Broken(path, $"'{property.Name}' of shape [{string.Join(", ", shape)}] and type {name} needs {bytes} bytes; its offsets are [{string.Join(", ", offsets)}]");
        return new SafeTensorEntry(property.Name, type, shape, offsets[0], offsets[1]);
    }

    private static void CheckCoverage(string path, List<SafeTensorEntry> entries, long length)
    {
        long at = 0;
        foreach (SafeTensorEntry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != at) throw Broken(path, $"'{entry.Key}' starts at byte {entry.Begin} where {at} was expected: tensors overlap or leave a gap");
            at = entry.End;
        }

        if (at != length) throw Broken(path, $"its tensors need {at} bytes, but {length} follow the header");
    }

    private static WeightsException Broken(string path, string what, Exception? inner = null) =>
        new($"{path} is cut off or damaged: {what}. Fetch or save it again.", null, inner);
}
