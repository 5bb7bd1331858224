using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>Layers that each read all maps made before them: [B, C, h, w] → [B, C + layers · growth, h, w].</summary>
internal sealed class DenseBlock : Module<Tensor, Tensor>
{
    private const int Bottleneck = 4; // the 1×1 convolution makes 4 · growth channels
    private readonly Module<Tensor, Tensor>[] layers;

    internal DenseBlock(int count, int channels, int growth) : base(nameof(DenseBlock))
    {
        layers = [.. Enumerable.Range(0, count).Select(i => Layer(channels + (i * growth), growth))];
        for (int i = 0; i < count; i++) register_module($"denselayer{i + 1}", layers[i]);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor maps = input;                                  // [B, C, h, w]
        foreach (Module<Tensor, Tensor> layer in layers)
        {
            using var step = NewDisposeScope();
            maps = cat([maps, layer.call(maps)], 1).MoveToOuterDisposeScope(); // [B, C + growth, h, w]
        }

        return maps.MoveToOuterDisposeScope();
    }

    private static TorchSharp.Modules.Sequential Layer(int channels, int growth) => Sequential(
        ("norm1", (Module<Tensor, Tensor>)BatchNorm2d(channels)),
        ("relu1", ReLU()),
        ("conv1", Conv2d(channels, Bottleneck * growth, 1, bias: false)),
        ("norm2", BatchNorm2d(Bottleneck * growth)),
        ("relu2", ReLU()),
        ("conv2", Conv2d(Bottleneck * growth, growth, 3, padding: 1, bias: false)));
}
