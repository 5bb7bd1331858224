using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>Layers that each read all maps made before them: [B, C, h, w] → [B, C + layers · growth, h, w].</summary>
internal sealed class DenseBlock : Module<Tensor, Tensor>, IFoldable
{
    private const int Bottleneck = 4; // the 1×1 convolution makes 4 · growth channels
    private readonly Module<Tensor, Tensor>[] layers;

    internal DenseBlock(int count, int channels, int growth) : this([.. Enumerable.Range(0, count).Select(i => Layer(channels + (i * growth), growth))])
    {
    }

    private DenseBlock(Module<Tensor, Tensor>[] layers) : base(nameof(DenseBlock))
    {
        this.layers = layers;
        for (int i = 0; i < layers.Length; i++) register_module($"denselayer{i + 1}", layers[i]);
    }

    // norm2 goes into conv1 before it; norm1 can't, a ReLU stands between it and conv1.
    public Module<Tensor, Tensor> Folded() => new DenseBlock([.. layers.Select(BatchNormFolding.Fold)]);

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
        ("norm1", (Module<Tensor, Tensor>)new SafeBatchNorm(channels)),
        ("relu1", ReLU()),
        ("conv1", Conv2d(channels, Bottleneck * growth, 1, bias: false)),
        ("norm2", new SafeBatchNorm(Bottleneck * growth)),
        ("relu2", ReLU()),
        ("conv2", Conv2d(Bottleneck * growth, growth, 3, padding: 1, bias: false)));
}
