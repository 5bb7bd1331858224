using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// Batch norm (Ioffe and Szegedy, ICML 2015) over images [B, C, H, W] or volumes [B, C, D, H, W], with TorchSharp's parameters and keys. TorchSharp's own
/// <c>forward</c> counts its batches with a temporary Scalar object: the garbage collector may finalise that while the native call still reads it, and
/// a long training on a busy machine stops with "For integral input tensors, argument alpha must not be a floating point number".
/// </summary>
/// <param name="channels">C.</param>
internal sealed class SafeBatchNorm(long channels) : TorchSharp.Modules.BatchNorm(channels, 1e-5, 0.1, affine: true, track_running_stats: true, null, null, nameof(SafeBatchNorm))
{
    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        if (training) num_batches_tracked!.add_(LastingScalar.One, LastingScalar.One);
        return functional.batch_norm(input, running_mean, running_var, weight, bias, training, momentum!.Value, eps);
    }

    protected override void ValidateInputDimensions(Tensor input)
    {
        if (input.dim() is not (4 or 5)) throw new ArgumentException($"Batch norm takes images [B, C, H, W] or volumes [B, C, D, H, W]; got [{string.Join(", ", input.shape)}].", nameof(input));
    }
}
