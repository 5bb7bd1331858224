using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>A storage class of PyTorch.</summary>
/// <param name="Name">Its name in <c>torch</c>.</param>
/// <param name="Size">Bytes per number.</param>
/// <param name="Stored">The type as which its bytes are read.</param>
/// <param name="Loaded">The type in which tensors are handed on; half precision widens, as from safetensors.</param>
internal sealed record PyTorchType(string Name, int Size, ScalarType Stored, ScalarType Loaded)
{
    private static readonly PyTorchType[] All =
    [
        new("FloatStorage", 4, ScalarType.Float32, ScalarType.Float32),
        new("DoubleStorage", 8, ScalarType.Float64, ScalarType.Float64),
        new("HalfStorage", 2, ScalarType.Float16, ScalarType.Float32),
        new("BFloat16Storage", 2, ScalarType.BFloat16, ScalarType.Float32),
        new("LongStorage", 8, ScalarType.Int64, ScalarType.Int64),
        new("IntStorage", 4, ScalarType.Int32, ScalarType.Int32),
        new("ShortStorage", 2, ScalarType.Int16, ScalarType.Int16),
        new("CharStorage", 1, ScalarType.Int8, ScalarType.Int8),
        new("ByteStorage", 1, ScalarType.Byte, ScalarType.Byte),
        new("BoolStorage", 1, ScalarType.Byte, ScalarType.Bool),
        new("ComplexFloatStorage", 8, ScalarType.ComplexFloat32, ScalarType.ComplexFloat32),
        new("ComplexDoubleStorage", 16, ScalarType.ComplexFloat64, ScalarType.ComplexFloat64),
    ];

    internal static PyTorchType? Of(string name) => Array.Find(All, type => type.Name == name);
}
