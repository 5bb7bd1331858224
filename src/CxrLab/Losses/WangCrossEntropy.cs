using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Losses;

/// <summary>
/// W-CEL of ChestX-ray8 (Wang et al., CVPR 2017) from logits [B, K]: <c>β_P Σ_{y=1} -ln σ(x) + β_N Σ_{y=0} -ln(1 - σ(x))</c> with
/// β_P = (|P| + |N|) / |P| and β_N = (|P| + |N|) / |N|, counted over the known cells of this batch and all its findings. The paper's is a
/// sum, which grows with the batch. Where the batch has no positive (or no negative) cell, that half is 0 instead of ∞·0.
/// </summary>
public sealed record WangCrossEntropy : ILoss
{
    /// <summary>The paper's sum, the mean over the known cells, or the cells themselves.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Sum;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        using var scope = NewDisposeScope();
        var (x, y, known) = MaskedCells.Of(predictions, targets, valid);           // [B, K] each
        var isPositive = y * known;                                                 // [B, K]
        var isNegative = (ones_like(y) - y) * known;                                // [B, K]
        Tensor positives = isPositive.sum(), negatives = isNegative.sum(), all = positives + negatives, one = ones_like(all);
        var weights = isPositive * (all / maximum(positives, one)) + isNegative * (all / maximum(negatives, one));
        var cost = binary_cross_entropy_with_logits(x, y, weights, nn.Reduction.None);             // [B, K]
        return MaskedCells.Reduce(cost, known, Reduction).MoveToOuterDisposeScope();
    }
}
