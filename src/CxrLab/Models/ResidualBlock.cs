using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>relu(S(x) + F(x)): a path F of convolutions and norms around which the shortcut S (or x itself) carries the input.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>, IFoldable
{
    private readonly IReadOnlyList<(string Name, Module<Tensor, Tensor> Module)> path;
    private readonly Module<Tensor, Tensor>? shortcut;

    /// <param name="path">F, step by step; the names become the keys.</param>
    /// <param name="shortcut">S, with the key <c>downsample</c>; null where input and output have one shape.</param>
    internal ResidualBlock(IReadOnlyList<(string Name, Module<Tensor, Tensor> Module)> path, Module<Tensor, Tensor>? shortcut) : base(nameof(ResidualBlock))
    {
        (this.path, this.shortcut) = (path, shortcut);
        foreach ((string name, Module<Tensor, Tensor> module) in path) register_module(name, module);
        if (shortcut is not null) register_module("downsample", shortcut);
    }

    /// <summary>Two 3×3 convolutions: [B, C, h, w] → [B, width, h/stride, w/stride].</summary>
    internal static ResidualBlock Plain(int channels, int width, int stride) => new(
        [.. Step(1, channels, width, 3, stride), ("relu", ReLU()), .. Step(2, width, width, 3, 1)],
        Projection(channels, width, stride));

    /// <summary>
    /// 1×1, 3×3 and 1×1: [B, C, h, w] → [B, 4 · width, h/stride, w/stride]. torchvision puts the stride on the 3×3 convolution ("v1.5"),
    /// not on the first 1×1 as the paper does.
    /// </summary>
    internal static ResidualBlock Bottleneck(int channels, int width, int stride) => new(
        [.. Step(1, channels, width, 1, 1), ("relu1", ReLU()), .. Step(2, width, width, 3, stride), ("relu2", ReLU()), .. Step(3, width, 4 * width, 1, 1)],
        Projection(channels, 4 * width, stride));

    public Module<Tensor, Tensor> Folded() => new ResidualBlock(BatchNormFolding.Fold(path), shortcut is null ? null : BatchNormFolding.Fold(shortcut));

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor residual = input;                              // [B, C, h, w]
        foreach ((_, Module<Tensor, Tensor> module) in path) residual = module.call(residual);
        Tensor kept = shortcut is null ? input : shortcut.call(input);                   // [B, C', h', w']
        return functional.relu(residual + kept).MoveToOuterDisposeScope();
    }

    private static (string, Module<Tensor, Tensor>)[] Step(int number, int channels, int outputs, int kernel, int stride) =>
    [
        ($"conv{number}", Conv2d(channels, outputs, kernel, stride: stride, padding: kernel / 2, bias: false)),
        ($"bn{number}", new SafeBatchNorm(outputs)),
    ];

    private static TorchSharp.Modules.Sequential? Projection(int channels, int outputs, int stride) => stride == 1 && channels == outputs ? null : Sequential(
        ("0", (Module<Tensor, Tensor>)Conv2d(channels, outputs, 1, stride: stride, bias: false)),
        ("1", new SafeBatchNorm(outputs)));
}
