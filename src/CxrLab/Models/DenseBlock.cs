using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>Layers that each see the maps of all layers before them: [B, C, h, w] → [B, C + layers × growth, h, w].</summary>
internal sealed class DenseBlock : Module<Tensor, Tensor>
{
    private readonly DenseLayer[] layers;

    internal DenseBlock(int channels, int count, int growth) : base(nameof(DenseBlock))
    {
        layers = [.. Enumerable.Range(0, count).Select(i => new DenseLayer(channels + i * growth, growth))];
        for (int i = 0; i < count; i++) register_module($"denselayer{i + 1}", layers[i]);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var maps = new List<Tensor> { input };
        foreach (DenseLayer layer in layers) maps.Add(layer.call(cat(maps, 1))); // [B, growth, h, w] each
        return cat(maps, 1).MoveToOuterDisposeScope();
    }
}

/// <summary>Batch norm, ReLU, 1×1 bottleneck, batch norm, ReLU, 3×3 convolution: [B, C, h, w] → [B, growth, h, w].</summary>
internal sealed class DenseLayer : Module<Tensor, Tensor>
{
    private const int Bottleneck = 4;
    private readonly BatchNorm2d norm1, norm2;
    private readonly Conv2d conv1, conv2;

    internal DenseLayer(int channels, int growth) : base(nameof(DenseLayer))
    {
        norm1 = BatchNorm2d(channels);
        conv1 = Conv2d(channels, Bottleneck * growth, 1, bias: false);
        norm2 = BatchNorm2d(Bottleneck * growth);
        conv2 = Conv2d(Bottleneck * growth, growth, 3, padding: 1, bias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor narrow = conv1.call(norm1.call(input).relu());                    // [B, 4·growth, h, w]
        return conv2.call(norm2.call(narrow).relu()).MoveToOuterDisposeScope();  // [B, growth, h, w]
    }
}
