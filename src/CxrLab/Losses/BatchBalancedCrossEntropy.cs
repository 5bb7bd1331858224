using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Losses;

/// <summary>
/// Binary cross-entropy from logits [B, K] whose positives weigh |N| / |P|, counted per finding over the known cells of this batch; a finding without a positive
/// in the batch costs 0, as in the training of PCAM (Ye et al., arXiv 2005.14480).
/// </summary>
public sealed record BatchBalancedCrossEntropy : ILoss
{
    /// <summary>Mean over the known cells, their sum, or the cells themselves.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or aren't [B, K].</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        if (predictions.dim() != 2) throw new ArgumentException($"Weights per finding need logits [B, K]; got [{string.Join(", ", predictions.shape)}].", nameof(predictions));
        using var scope = NewDisposeScope();
        var (x, y, known) = MaskedCells.Of(predictions, targets, valid);             // [B, K] each
        Tensor isPositive = y * known, isNegative = (ones_like(y) - y) * known;
        Tensor positives = isPositive.sum(dim: 0, keepdim: true), negatives = isNegative.sum(dim: 0, keepdim: true); // [1, K]
        Tensor any = positives.gt(zeros_like(positives)), ratio = negatives / where(any, positives, ones_like(positives));
        Tensor weights = ((isPositive * ratio) + isNegative) * any.to_type(x.dtype);
        return MaskedCells.Reduce(binary_cross_entropy_with_logits(x, y, weights, nn.Reduction.None), known, Reduction).MoveToOuterDisposeScope();
    }
}
