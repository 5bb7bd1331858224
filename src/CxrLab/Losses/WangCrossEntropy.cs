using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>
/// W-CEL of ChestX-ray8 (Wang et al., CVPR 2017): <c>β₊ Σ₍y=1₎ -log σ(z) + β₋ Σ₍y=0₎ -log(1 - σ(z))</c> with β₊ = (|P| + |N|) / |P| and
/// β₋ = (|P| + |N|) / |N|, counted over all findings of the batch. It is a sum, so its size grows with the batch. A batch without
/// positives has no positive term, where the formula alone would divide by zero.
/// </summary>
public sealed record WangCrossEntropy : ILoss
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        LossShapes.Check(predictions, targets, valid);
        using var scope = NewDisposeScope();
        Tensor known = valid ?? ones_like(predictions);                     // [B, K]
        Tensor y = where(known.to(ScalarType.Bool), targets, zeros_like(targets));
        Tensor hits = y * known, others = (ones_like(y) - y) * known;                          // [B, K], 1 where a cell is positive, negative
        Tensor positives = hits.sum(), negatives = others.sum(), all = positives + negatives, one = ones_like(all);
        Tensor weights = hits * (all / maximum(positives, one)) + others * (all / maximum(negatives, one));
        return nn.functional.binary_cross_entropy_with_logits(predictions, y, weights, nn.Reduction.Sum).MoveToOuterDisposeScope();
    }
}
