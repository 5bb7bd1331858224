using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>
/// Pixel consistency of an aligned image with the canonical chest (CIA-Net, Liu et al., ICCV 2019): the mean squared difference over the known
/// pixels of every image. Predictions, targets and <c>valid</c> are [B, C, H, W]; mark as unknown what a warp drew in from outside the image.
/// </summary>
public sealed record ConsistencyLoss : ILoss
{
    /// <summary>Mean over the images with a known pixel, their sum, or one value per image [B].</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        using var scope = NewDisposeScope();
        var (x, y, known) = MaskedCells.Of(predictions, targets, valid);             // [B, C, H, W] each
        Tensor difference = x - y;
        Tensor squares = (difference * difference).flatten(1).sum(dim: 1), pixels = known.flatten(1).sum(dim: 1); // [B]
        Tensor any = pixels.gt(zeros_like(pixels)).to_type(x.dtype);
        return MaskedCells.Reduce(squares / maximum(pixels, ones_like(pixels)), any, Reduction).MoveToOuterDisposeScope();
    }
}
