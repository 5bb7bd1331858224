using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Losses;

/// <summary>
/// Box supervision pixel by pixel (CIA-Net's L_B, Liu et al., ICCV 2019): binary cross-entropy between map logits and box masks, both [B, K, h, w],
/// summed over the pixels of each map. <c>valid</c> is [B, K], 1 where the finding of that image was boxed (or is known to be absent).
/// </summary>
/// <param name="MeanOverPixels">Mean instead of sum over the pixels, so that the loss doesn't grow with the map.</param>
public sealed record BoxCrossEntropy(bool MeanOverPixels = false) : ILoss
{
    /// <summary>Mean over the known maps, their sum, or one value per map [B, K].</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <param name="predictions">Map logits [B, K, h, w].</param>
    /// <param name="targets">Box masks [B, K, h, w], in [0, 1].</param>
    /// <param name="valid">[B, K].</param>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        if (predictions.dim() != 4) throw new ArgumentException($"Box supervision needs maps [B, K, h, w]; got [{string.Join(", ", predictions.shape)}].", nameof(predictions));
        using var scope = NewDisposeScope();
        long[] maps = predictions.shape[..2];
        if (valid is not null && !valid.shape.SequenceEqual(maps))
            throw new ArgumentException($"valid must be [{string.Join(", ", maps)}], one number per map; got [{string.Join(", ", valid.shape)}].", nameof(valid));
        Tensor pixels = valid is null ? ones_like(predictions) : valid.unsqueeze(-1).unsqueeze(-1).expand_as(predictions);
        var (x, y, known) = MaskedCells.Of(predictions, targets, pixels);            // [B, K, h, w] each
        Tensor cost = binary_cross_entropy_with_logits(x, y, known, nn.Reduction.None).flatten(2); // [B, K, hw]
        return MaskedCells.Reduce(MeanOverPixels ? cost.mean([-1]) : cost.sum(dim: -1), known.select(-1, 0).select(-1, 0), Reduction).MoveToOuterDisposeScope();
    }
}
