using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>Two 3×3 convolutions beside a shortcut.</summary>
internal sealed class BasicBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1, conv2;
    private readonly BatchNorm2d bn1, bn2;
    private readonly Sequential? downsample;

    internal BasicBlock(int channels, int width, int stride) : base(nameof(BasicBlock))
    {
        conv1 = Conv2d(channels, width, 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm2d(width);
        conv2 = Conv2d(width, width, 3, padding: 1, bias: false);
        bn2 = BatchNorm2d(width);
        downsample = Shortcut.Create(channels, width, stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor x = bn2.call(conv2.call(bn1.call(conv1.call(input)).relu()));
        return (x + (downsample?.call(input) ?? input)).relu().MoveToOuterDisposeScope();
    }
}

/// <summary>A 3×3 convolution between two 1×1 ones, beside a shortcut; torchvision's variant with the stride on the 3×3.</summary>
internal sealed class BottleneckBlock : Module<Tensor, Tensor>
{
    internal const int Expansion = 4;
    private readonly Conv2d conv1, conv2, conv3;
    private readonly BatchNorm2d bn1, bn2, bn3;
    private readonly Sequential? downsample;

    internal BottleneckBlock(int channels, int width, int stride) : base(nameof(BottleneckBlock))
    {
        conv1 = Conv2d(channels, width, 1, bias: false);
        bn1 = BatchNorm2d(width);
        conv2 = Conv2d(width, width, 3, stride: stride, padding: 1, bias: false);
        bn2 = BatchNorm2d(width);
        conv3 = Conv2d(width, width * Expansion, 1, bias: false);
        bn3 = BatchNorm2d(width * Expansion);
        downsample = Shortcut.Create(channels, width * Expansion, stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor x = bn2.call(conv2.call(bn1.call(conv1.call(input)).relu())).relu();
        x = bn3.call(conv3.call(x));
        return (x + (downsample?.call(input) ?? input)).relu().MoveToOuterDisposeScope();
    }
}

/// <summary>The way around a residual block, where shape or stride change.</summary>
internal static class Shortcut
{
    internal static Sequential? Create(int channels, int outputs, int stride) => stride == 1 && channels == outputs
        ? null
        : Sequential(
            ("0", (Module<Tensor, Tensor>)Conv2d(channels, outputs, 1, stride: stride, bias: false)),
            ("1", BatchNorm2d(outputs)));
}
