using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>relu(x + F(x)), where F is two 3×3 convolutions or, as a bottleneck, 1×1, 3×3 and 1×1.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private const int Expansion = 4; // a bottleneck ends in four times its width
    private readonly (Module<Tensor, Tensor> Conv, Module<Tensor, Tensor> Norm)[] steps;
    private readonly Sequential? downsample;

    internal ResidualBlock(int channels, int width, int stride, bool bottleneck) : base(nameof(ResidualBlock))
    {
        Channels = bottleneck ? width * Expansion : width;
        // torchvision puts a bottleneck's stride on the 3×3 convolution ("v1.5"), not on the first 1×1 as the paper does.
        (int From, int To, int Kernel, int Stride)[] plan = bottleneck
            ? [(channels, width, 1, 1), (width, width, 3, stride), (width, Channels, 1, 1)]
            : [(channels, width, 3, stride), (width, width, 3, 1)];
        steps = [.. plan.Select(step => ((Module<Tensor, Tensor>)Convolution(step.From, step.To, step.Kernel, step.Stride), (Module<Tensor, Tensor>)BatchNorm2d(step.To)))];
        for (int i = 0; i < steps.Length; i++)
        {
            register_module($"conv{i + 1}", steps[i].Conv);
            register_module($"bn{i + 1}", steps[i].Norm);
        }

        if (stride == 1 && channels == Channels) return;
        downsample = Sequential(("0", (Module<Tensor, Tensor>)Convolution(channels, Channels, 1, stride)), ("1", BatchNorm2d(Channels)));
        register_module("downsample", downsample);
    }

    /// <summary>Channels of the output.</summary>
    internal int Channels { get; }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor residual = input;                              // [B, C, h, w]
        for (int i = 0; i < steps.Length; i++)
        {
            if (i > 0) residual = functional.relu(residual);
            residual = steps[i].Norm.call(steps[i].Conv.call(residual));
        }

        Tensor shortcut = downsample is null ? input : downsample.call(input);           // [B, C', h', w']
        return functional.relu(residual + shortcut).MoveToOuterDisposeScope();
    }

    private static Conv2d Convolution(int channels, int outputs, int kernel, int stride) =>
        Conv2d(channels, outputs, kernel, stride: stride, padding: kernel / 2, bias: false);
}
