using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>A number type of the safetensors format.</summary>
/// <param name="Name">As in the header.</param>
/// <param name="Size">Bytes per number.</param>
/// <param name="Stored">The type as which its bytes are read.</param>
/// <param name="Loaded">The type in which the tensor is handed on.</param>
internal sealed record SafeTensorsType(string Name, int Size, ScalarType Stored, ScalarType Loaded)
{
    private static readonly SafeTensorsType[] All =
    [
        new("F32", 4, ScalarType.Float32, ScalarType.Float32),
        new("F64", 8, ScalarType.Float64, ScalarType.Float64),
        new("F16", 2, ScalarType.Float16, ScalarType.Float32),
        new("BF16", 2, ScalarType.BFloat16, ScalarType.Float32),
        new("I64", 8, ScalarType.Int64, ScalarType.Int64),
        new("I32", 4, ScalarType.Int32, ScalarType.Int32),
        new("I16", 2, ScalarType.Int16, ScalarType.Int16),
        new("I8", 1, ScalarType.Int8, ScalarType.Int8),
        new("U8", 1, ScalarType.Byte, ScalarType.Byte),
        new("BOOL", 1, ScalarType.Byte, ScalarType.Bool),
    ];

    internal static string Names => string.Join(", ", All.Select(type => type.Name));

    internal static SafeTensorsType? Of(string name) => Array.Find(All, type => type.Name == name);

    internal static SafeTensorsType? Of(ScalarType type) =>
        type == ScalarType.Bool ? Of("BOOL") : Array.Find(All, candidate => candidate.Stored == type);
}

/// <summary>Where one tensor stands in a file.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Type">Its number type.</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">First byte behind it.</param>
internal sealed record SafeTensorsEntry(string Key, SafeTensorsType Type, long[] Shape, long Begin, long End)
{
    internal long Length => End - Begin;
}
