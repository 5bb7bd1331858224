using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>Twice 3×3 convolution, batch norm and ReLU: [B, C, h, w] → [B, C', h, w].</summary>
internal sealed class ConvBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1, conv2;
    private readonly SafeBatchNorm bn1, bn2;

    internal ConvBlock(int channels, int width) : base(nameof(ConvBlock))
    {
        (conv1, bn1) = (Conv2d(channels, width, 3, padding: 1, bias: false), new SafeBatchNorm(width));
        (conv2, bn2) = (Conv2d(width, width, 3, padding: 1, bias: false), new SafeBatchNorm(width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor once = functional.relu(bn1.call(conv1.call(input)));              // [B, C', h, w]
        return functional.relu(bn2.call(conv2.call(once))).MoveToOuterDisposeScope();
    }
}
