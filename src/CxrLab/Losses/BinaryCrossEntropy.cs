using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>
/// Binary cross-entropy on logits for K independent findings: <c>-w₊ y log σ(z) - w₋ (1 - y) log(1 - σ(z))</c>, averaged over the
/// known cells. Each finding has its own sigmoid, so an image can show several.
/// </summary>
/// <param name="PositiveWeights">w₊ per finding; null: all 1.</param>
/// <param name="NegativeWeights">w₋ per finding; null: all 1.</param>
public sealed record BinaryCrossEntropy(IReadOnlyList<double>? PositiveWeights = null, IReadOnlyList<double>? NegativeWeights = null) : ILoss
{
    /// <summary>
    /// CheXNet's weights, w₊ = |N| / (|P| + |N|) and w₋ = |P| / (|P| + |N|) from the training counts of each finding: rare positives
    /// weigh as much as the many negatives together (Rajpurkar et al., arXiv 1711.05225).
    /// </summary>
    public static BinaryCrossEntropy CheXNet(IReadOnlyList<int> positives, IReadOnlyList<int> negatives)
    {
        if (positives.Count != negatives.Count) throw new ArgumentException($"{positives.Count} counts of positives don't fit {negatives.Count} of negatives.", nameof(negatives));
        for (int k = 0; k < positives.Count; k++)
            if (positives[k] + negatives[k] == 0) throw new ArgumentException($"Finding {k} has no known label in the training part; leave it out.", nameof(positives));
        return new(
            [.. positives.Zip(negatives, (p, n) => (double)n / (p + n))],
            [.. positives.Zip(negatives, (p, n) => (double)p / (p + n))]);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or the number of weights isn't that of the findings.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        LossShapes.Check(predictions, targets, valid);
        using var scope = NewDisposeScope();
        Tensor known = valid ?? ones_like(predictions);                                          // [B, K]
        Tensor y = where(known.to(ScalarType.Bool), targets, zeros_like(targets));               // a masked NaN must not spread
        Tensor weights = known * (Weighted(y, PositiveWeights) + Weighted(ones_like(y) - y, NegativeWeights));
        Tensor sum = nn.functional.binary_cross_entropy_with_logits(predictions, y, weights, nn.Reduction.Sum);
        Tensor cells = known.sum();
        return (sum / maximum(cells, ones_like(cells))).MoveToOuterDisposeScope();
    }

    private static Tensor Weighted(Tensor cells, IReadOnlyList<double>? weights)
    {
        if (weights is null) return cells;
        if (weights.Count != cells.shape[^1]) throw new ArgumentException($"{weights.Count} class weights don't fit {cells.shape[^1]} findings.", nameof(weights));
        return cells * tensor(weights.ToArray(), dtype: cells.dtype, device: cells.device);
    }
}
