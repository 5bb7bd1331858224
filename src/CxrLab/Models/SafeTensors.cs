using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// Reads and writes the safetensors format: 8 bytes header length, a JSON header with each tensor's type, shape and place, then
/// the plain numbers in little endian. Unlike a pickled <c>.pt</c> file it can't run code when it is opened.
/// </summary>
public static class SafeTensors
{
    private const string MetadataKey = "__metadata__";

    /// <summary>Writes all tensors, in the order of their keys; the same content gives the same bytes.</summary>
    /// <param name="path">The file; it is replaced whole or, on failure, not at all.</param>
    /// <param name="tensors">Any shape, on any device; float64, float32, float16, bfloat16, int64, int32, int16, int8, uint8 or bool.</param>
    /// <param name="metadata">Words to keep beside the tensors.</param>
    /// <exception cref="WeightsException">A tensor has a type that isn't listed above, or a reserved name.</exception>
    /// <exception cref="IOException">The file can't be written; the previous one is still there.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        foreach ((string key, Tensor tensor) in tensors)
        {
            if (key == MetadataKey) throw new WeightsException(path, key, "a tensor of that name", "another name, for this one is reserved");
            if (NumberType.OfSafeTensors(tensor.dtype) is null)
                throw new WeightsException(path, key, tensor.dtype.ToString(), $"one of {NumberType.SafeTensorsNames}");
        }

        AtomicFile.Write(path, stream => Write(stream, tensors, metadata));
    }

    /// <summary>Reads all tensors to the CPU; float16 and bfloat16 widen to float32.</summary>
    /// <returns>Tensors that belong to the caller's dispose scope, and the file's words (empty if it has none).</returns>
    /// <exception cref="WeightsException">The file isn't a whole and consistent safetensors file.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        SafeTensorsHeader header = SafeTensorsHeader.Read(path, stream);
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (SafeTensorsEntry entry in header.Entries) tensors.Add(entry.Key, entry.Type.Read(entry.Shape, target => stream.ReadExactly(target))); // file order: no seeks
        foreach (Tensor tensor in tensors.Values) tensor.MoveToOuterDisposeScope();
        return (tensors, header.Metadata);
    }

    private static void Write(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        KeyValuePair<string, Tensor>[] ordered = [.. tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal)];
        byte[] header = Header(ordered, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach ((_, Tensor tensor) in ordered)
        {
            using var scope = NewDisposeScope();
            if (tensor.numel() > 0) stream.Write(tensor.detach().cpu().contiguous().bytes);
        }
    }

    private static byte[] Header(KeyValuePair<string, Tensor>[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is not null) WriteMetadata(json, metadata);
            long offset = 0;
            foreach ((string key, Tensor tensor) in tensors)
            {
                NumberType type = NumberType.OfSafeTensors(tensor.dtype)!;
                json.WriteStartObject(key);
                json.WriteString("dtype", type.SafeTensors);
                WriteNumbers(json, "shape", tensor.shape);
                WriteNumbers(json, "data_offsets", [offset, offset += tensor.numel() * type.Size]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' '); // numbers begin aligned, for readers that map the file
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(MetadataKey);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
