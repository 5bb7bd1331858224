using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>Numbers as tensors, because temporary Scalar objects aren't safe in long loops (see CONTRIBUTING).</summary>
internal static class Number
{
    /// <summary>One number [] of another tensor's type and device.</summary>
    internal static Tensor Like(Tensor other, double value) => tensor(value, dtype: other.dtype, device: other.device);
}
