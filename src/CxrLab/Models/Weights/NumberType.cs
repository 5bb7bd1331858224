using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>Fills the span with a tensor's bytes.</summary>
internal delegate void FillBytes(Span<byte> target);

/// <summary>A type of numbers in a weights file.</summary>
/// <param name="SafeTensors">Its name in a safetensors header; null where that format doesn't have it.</param>
/// <param name="PyTorch">The name of its storage class in <c>torch</c>.</param>
/// <param name="Size">Bytes per number.</param>
/// <param name="Stored">The type as which its bytes are read.</param>
/// <param name="Loaded">The type in which tensors are handed on: half precision widens.</param>
internal sealed record NumberType(string? SafeTensors, string PyTorch, int Size, ScalarType Stored, ScalarType Loaded)
{
    private static readonly NumberType[] All =
    [
        new("F32", "FloatStorage", 4, ScalarType.Float32, ScalarType.Float32),
        new("F64", "DoubleStorage", 8, ScalarType.Float64, ScalarType.Float64),
        new("F16", "HalfStorage", 2, ScalarType.Float16, ScalarType.Float32),
        new("BF16", "BFloat16Storage", 2, ScalarType.BFloat16, ScalarType.Float32),
        new("I64", "LongStorage", 8, ScalarType.Int64, ScalarType.Int64),
        new("I32", "IntStorage", 4, ScalarType.Int32, ScalarType.Int32),
        new("I16", "ShortStorage", 2, ScalarType.Int16, ScalarType.Int16),
        new("I8", "CharStorage", 1, ScalarType.Int8, ScalarType.Int8),
        new("U8", "ByteStorage", 1, ScalarType.Byte, ScalarType.Byte),
        new("BOOL", "BoolStorage", 1, ScalarType.Byte, ScalarType.Bool),
        new(null, "ComplexFloatStorage", 8, ScalarType.ComplexFloat32, ScalarType.ComplexFloat32),
        new(null, "ComplexDoubleStorage", 16, ScalarType.ComplexFloat64, ScalarType.ComplexFloat64),
    ];

    /// <summary>The names that a safetensors header may hold.</summary>
    internal static string SafeTensorsNames => string.Join(", ", All.Select(type => type.SafeTensors).OfType<string>());

    internal static NumberType? OfSafeTensors(string name) => Array.Find(All, type => type.SafeTensors == name);

    /// <summary>The type in which safetensors keeps a tensor's numbers as they are.</summary>
    internal static NumberType? OfSafeTensors(ScalarType type) =>
        type == ScalarType.Bool ? OfSafeTensors("BOOL") : Array.Find(All, candidate => candidate.SafeTensors is not null && candidate.Stored == type);

    internal static NumberType? OfPyTorch(string name) => Array.Find(All, type => type.PyTorch == name);

    /// <summary>A tensor of the shape, filled by <paramref name="fill"/> (which isn't called where there are no numbers).</summary>
    internal Tensor Read(long[] shape, FillBytes fill)
    {
        using var scope = NewDisposeScope();
        Tensor stored = empty(shape, Stored);
        if (stored.numel() > 0) fill(stored.bytes);
        // A byte other than 0 and 1 is no valid bool for libtorch, so bools come in as bytes.
        Tensor loaded = Loaded == ScalarType.Bool ? stored.ne(zeros_like(stored)) : stored.to_type(Loaded);
        return loaded.MoveToOuterDisposeScope();
    }
}
