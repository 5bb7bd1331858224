using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// The safetensors format: 8 bytes of header length, a JSON header of names, types, shapes and offsets, then the raw little-endian
/// numbers. Unlike a pickle it holds no code, so a downloaded file can't run any.
/// </summary>
public static class SafeTensors
{
    private const string MetadataKey = "__metadata__";
    private const long LargestHeader = 100_000_000;

    /// <summary>Writes tensors; the file appears whole or not at all.</summary>
    /// <param name="path">Target; an older file is replaced only after the new one is on disk.</param>
    /// <param name="tensors">float32, float64, int64, int32, uint8 or bool, on any device.</param>
    /// <param name="metadata">Text beside them.</param>
    /// <exception cref="WeightsException">A tensor's type can't be stored.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        string[] keys = [.. tensors.Keys.Order(StringComparer.Ordinal)];
        byte[] header = Header(path, keys, tensors, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (string key in keys)
            {
                using var scope = NewDisposeScope();
                using var _ = no_grad();
                Tensor flat = tensors[key].detach().cpu().contiguous();
                if (flat.numel() > 0) flat.WriteBytesToStream(stream);
            }
        });
    }

    /// <summary>Reads a file; float16 and bfloat16 become float32. The tensors belong to the caller's dispose scope.</summary>
    /// <exception cref="WeightsException">The file is missing, cut off or damaged; names file, key, found and expected.</exception>
    public static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Load(string path)
    {
        if (!File.Exists(path)) throw new WeightsException($"{path}: there is no such weights file.");
        using FileStream stream = File.OpenRead(path);
        (List<SafeTensorEntry> entries, Dictionary<string, string> metadata, long start) = SafeTensorHeader.Read(path, stream);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (SafeTensorEntry entry in entries)
        {
            stream.Position = start + entry.Begin;
            var bytes = new byte[entry.End - entry.Begin];
            stream.ReadExactly(bytes);
            tensors[entry.Key] = Read(entry, bytes);
        }

        return (tensors, metadata);
    }

    private static Tensor Read(SafeTensorEntry entry, byte[] bytes)
    {
        Tensor result = empty(entry.Shape, dtype: entry.Stored);
        if (bytes.Length > 0) result.bytes = bytes;
        if (entry.Stored is not (ScalarType.Float16 or ScalarType.BFloat16)) return result;
        using Tensor half = result;
        return half.to(float32);
    }

    private static byte[] Header(string path, string[] keys, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach ((string key, string value) in metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }

            long at = 0;
            foreach (string key in keys)
            {
                Tensor tensor = tensors[key];
                string type = SafeTensorHeader.TypeName(tensor.dtype) ?? throw new WeightsException($"{path}: '{key}' is {tensor.dtype}, which safetensors files of CxrLab don't hold.");
                json.WriteStartObject(key);
                json.WriteString("dtype", type);
                json.WriteStartArray("shape");
                foreach (long side in tensor.shape) json.WriteNumberValue(side);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += tensor.numel() * tensor.ElementSize);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Padded with spaces to a multiple of 8, so that the numbers start aligned.
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
