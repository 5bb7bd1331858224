using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// A step up of the U-Net: a 2×2 transposed convolution doubles the map, the maps of the way down are joined, and two convolutions follow.
/// [B, D, h, w] and skip [B, C, H, W] → [B, C, H, W].
/// </summary>
internal sealed class UpBlock : Module<Tensor, Tensor, Tensor>
{
    private readonly ConvTranspose2d up;
    private readonly ConvBlock block;

    internal UpBlock(int channels, int width) : base(nameof(UpBlock))
    {
        up = ConvTranspose2d(channels, width, 2, stride: 2);
        block = new ConvBlock(2 * width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor low, Tensor skip)
    {
        using var scope = NewDisposeScope();
        Tensor high = up.call(low);                                              // [B, C, 2h, 2w]
        long rows = skip.shape[2] - high.shape[2], columns = skip.shape[3] - high.shape[3];
        // Pooling drops the last row or column of an odd side; the edge repeated puts it back.
        if (rows + columns > 0) high = functional.pad(high, [0, columns, 0, rows], PaddingModes.Replicate);
        return block.call(cat([skip, high], 1)).MoveToOuterDisposeScope();       // [B, C, H, W]
    }
}
