using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Losses;

/// <summary>
/// Binary cross-entropy from logits [B, K], or of any shape where it isn't weighted: over all known cells
/// <c>-w₊ y ln σ(x) - w₋ (1 - y) ln(1 - σ(x))</c>; 0 where no cell is known.
/// </summary>
/// <param name="PositiveWeights">w₊ of each finding, K numbers; null: all 1.</param>
/// <param name="NegativeWeights">w₋ of each finding, K numbers; null: all 1.</param>
public sealed record BinaryCrossEntropy(double[]? PositiveWeights = null, double[]? NegativeWeights = null) : ILoss
{
    /// <summary>Mean over the known cells, their sum, or the cells themselves.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <summary>
    /// CheXNet's weights (Rajpurkar et al., arXiv 1711.05225): w₊ = |N| / (|P| + |N|) and w₋ = |P| / (|P| + |N|), so that
    /// positives and negatives of a finding weigh the same in sum.
    /// </summary>
    /// <param name="positives">|P| of each finding in the training set.</param>
    /// <param name="negatives">|N| of each finding in the training set.</param>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative, or a finding has no known case.</exception>
    public static BinaryCrossEntropy CheXNet(IReadOnlyList<int> positives, IReadOnlyList<int> negatives)
    {
        if (positives.Count != negatives.Count)
            throw new ArgumentException($"There are {positives.Count} counts of positives and {negatives.Count} of negatives.", nameof(negatives));
        double[] plus = new double[positives.Count], minus = new double[positives.Count];
        for (int k = 0; k < plus.Length; k++)
        {
            double p = positives[k], n = negatives[k];
            if (p < 0 || n < 0 || p + n == 0)
                throw new ArgumentException($"Finding {k} has {p} positives and {n} negatives; its weights need at least one case.", nameof(positives));
            (plus[k], minus[k]) = (n / (p + n), p / (p + n));
        }

        return new(plus, minus);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or the weights aren't one per finding.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        using var scope = NewDisposeScope();
        var (x, y, known) = MaskedCells.Of(predictions, targets, valid);           // [B, K] each
        var weights = known * (Weigh(y, PositiveWeights) + Weigh(ones_like(y) - y, NegativeWeights));
        var cost = binary_cross_entropy_with_logits(x, y, weights, nn.Reduction.None); // [B, K]
        return MaskedCells.Reduce(cost, known, Reduction).MoveToOuterDisposeScope();
    }

    private static Tensor Weigh(Tensor cost, double[]? weights)
    {
        if (weights is null) return cost;
        if (cost.dim() != 2 || cost.shape[1] != weights.Length)
            throw new ArgumentException($"{weights.Length} weights need predictions [B, {weights.Length}]; got [{string.Join(", ", cost.shape)}].", nameof(weights));
        return cost * tensor(weights, dtype: cost.dtype, device: cost.device);      // [B, K] · [K]
    }
}
