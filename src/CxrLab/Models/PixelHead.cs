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
        classifier = Conv2d(channels, findings, kernel_size: 1);
        RegisterComponents();
        init.normal_(classifier.weight, mean: 0, std: 0.01);
        init.zeros_(classifier.bias!);
    }

    /// <summary>A logit for every pixel, [B, K, h, w].</summary>
    public Tensor PixelLogits(Tensor features) => classifier.call(features);
}
