using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// A head that can score every pixel: one 1×1 convolution per finding, whose weights also score the pooled features.
/// Features [B, D, h, w] → logits [B, K].
/// </summary>
public abstract class PixelHead : Module<Tensor, Tensor>
{
    private readonly Conv2d classifier;

    private protected PixelHead(string name, int channels, int findings) : base(name)
    {
        classifier = Initialisation.Owned(() =>
        {
            Conv2d layer = Conv2d(channels, findings, kernel_size: 1);
            init.normal_(layer.weight, mean: 0, std: 0.01);
            init.zeros_(layer.bias!);
            return layer;
        });
        RegisterComponents();
    }

    /// <summary>D.</summary>
    public int Channels => (int)classifier.in_channels;

    /// <summary>Weights [K, D]: a view of the convolution's.</summary>
    internal Tensor Weight => classifier.weight.flatten(1);

    /// <summary>Bias [K].</summary>
    internal Tensor Bias => classifier.bias!;

    /// <summary>A logit for every pixel, [B, K, h, w].</summary>
    public Tensor PixelLogits(Tensor features) => classifier.call(features);

    /// <summary>Pooled features [B, D] → logits [B, K], by the same weights.</summary>
    private protected Tensor Score(Tensor pooled)
    {
        using var scope = NewDisposeScope();
        return PixelLogits(pooled.unsqueeze(-1).unsqueeze(-1)).flatten(1).MoveToOuterDisposeScope();
    }
}
