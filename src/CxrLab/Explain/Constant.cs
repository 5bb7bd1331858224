using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// Numbers as tensors. TorchSharp passes plain numbers as temporary Scalar objects, which the garbage collector may finalise while native
/// code reads them; explanations run in long loops, where that happens.
/// </summary>
internal static class Constant
{
    /// <summary>One number [] of another tensor's type and device.</summary>
    internal static Tensor Like(Tensor other, double value)
    {
        using var scope = NewDisposeScope();
        return tensor(value).to(other.dtype).to(other.device).MoveToOuterDisposeScope();
    }
}
