using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>How a residual block of Med3D carries its input where the shapes differ.</summary>
public enum VolumeShortcut
{
    /// <summary>A: every stride-th voxel, and channels of zeros; it has no weights.</summary>
    Padding,

    /// <summary>B: a 1×1×1 convolution and a batch norm.</summary>
    Projection,
}

/// <summary>The residual blocks of Med3D (Chen et al., arXiv 1904.00625): dilated 3×3×3 convolutions, MedicalNet's keys.</summary>
internal static class VolumeBlock
{
    internal static ResidualBlock Plain(int channels, int width, int stride, int dilation, VolumeShortcut shortcut) => new(
        [.. Step(1, channels, width, 3, stride, dilation), ("relu", ReLU()), .. Step(2, width, width, 3, 1, dilation)],
        Shortcut(channels, width, stride, shortcut));

    internal static ResidualBlock Bottleneck(int channels, int width, int stride, int dilation, VolumeShortcut shortcut) => new(
        [.. Step(1, channels, width, 1, 1, 1), ("relu1", ReLU()), .. Step(2, width, width, 3, stride, dilation), ("relu2", ReLU()), .. Step(3, width, 4 * width, 1, 1, 1)],
        Shortcut(channels, 4 * width, stride, shortcut));

    private static (string, Module<Tensor, Tensor>)[] Step(int number, int channels, int outputs, int kernel, int stride, int dilation) =>
    [
        ($"conv{number}", Conv3d(channels, outputs, kernel, stride: stride, padding: kernel / 2 * dilation, dilation: dilation, bias: false)),
        ($"bn{number}", new SafeBatchNorm(outputs)),
    ];

    private static Module<Tensor, Tensor>? Shortcut(int channels, int outputs, int stride, VolumeShortcut shortcut)
    {
        if (stride == 1 && channels == outputs) return null;
        if (shortcut == VolumeShortcut.Padding) return new PaddingShortcut(outputs, stride);
        return Sequential(("0", (Module<Tensor, Tensor>)Conv3d(channels, outputs, 1, stride: stride, bias: false)), ("1", new SafeBatchNorm(outputs)));
    }
}

/// <summary>
/// Shortcut A: [B, C, d, h, w] → [B, O, d/stride, h/stride, w/stride]. MedicalNet cuts the gradient here by taking the tensor's bare data,
/// which leaves the layers before it to learn through the residual path alone; ours lets it through.
/// </summary>
internal sealed class PaddingShortcut(int outputs, int stride) : Module<Tensor, Tensor>(nameof(PaddingShortcut))
{
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var kept = functional.avg_pool3d(input, [1, 1, 1], [stride, stride, stride]);    // [B, C, d', h', w']
        long[] shape = kept.shape;
        var nothing = zeros([shape[0], outputs - shape[1], .. shape[2..]], dtype: kept.dtype, device: kept.device);
        return cat([kept, nothing], 1).MoveToOuterDisposeScope();
    }
}
