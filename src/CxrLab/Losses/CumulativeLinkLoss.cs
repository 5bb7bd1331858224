using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Losses;

/// <summary>
/// Ordinal regression with one score per cell (proportional odds; McCullagh, JRSS B 1980): P(rank ≤ r) = σ(θᵣ - x) with rising thresholds, and a cell costs
/// -ln P(rank = target). Predictions, targets (ranks 0 … R-1) and <c>valid</c> have one shape.
/// </summary>
public sealed class CumulativeLinkLoss : ILoss
{
    /// <param name="thresholds">θ₀ &lt; θ₁ &lt; …, R-1 numbers. Give a parameter to learn them; <c>cumsum</c> of positive steps keeps them in order.</param>
    /// <exception cref="ArgumentException">They don't rise.</exception>
    public CumulativeLinkLoss(Tensor thresholds)
    {
        using (NewDisposeScope())
        {
            if (thresholds.dim() != 1 || thresholds.shape[0] < 1 || thresholds.shape[0] > 1 && !(thresholds[1..] > thresholds[..^1]).all().item<bool>())
                throw new ArgumentException("The thresholds between ranks must rise.", nameof(thresholds));
        }

        Thresholds = thresholds;
    }

    /// <summary>θ, [R-1].</summary>
    public Tensor Thresholds { get; }

    /// <summary>Mean over the known cells, their sum, or the cells themselves.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or a known target is no rank.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        using var scope = NewDisposeScope();
        var (x, rank, known) = MaskedCells.Of(predictions, targets, valid);
        int last = (int)Thresholds.shape[0];                                         // R - 1
        Ranks.Require(rank, last + 1);
        Tensor theta = Thresholds.to(x.dtype).to(x.device), index = rank.to_type(ScalarType.Int64);
        Tensor bottom = index.eq(zeros_like(index)), top = index.eq(Number.Like(index, last));
        Tensor upper = Take(theta, index.minimum(Number.Like(index, last - 1))) - x;   // θ of the rank
        Tensor lower = Take(theta, (index - ones_like(index)).maximum(zeros_like(index))) - x; // θ of the rank below
        // σ(a) - σ(b) = σ(a) σ(-b) (1 - e^(b-a)): a sum of logarithms in which nothing cancels.
        Tensor gap = where(bottom | top, Number.Like(x, 1), upper - lower);
        Tensor between = logsigmoid(upper) + logsigmoid(lower.neg()) + gap.neg().expm1().neg().log();
        Tensor cost = where(bottom, logsigmoid(upper), where(top, logsigmoid(lower.neg()), between)).neg() * known;
        return MaskedCells.Reduce(cost, known, Reduction).MoveToOuterDisposeScope();
    }

    private static Tensor Take(Tensor theta, Tensor index) => theta.index_select(0, index.flatten()).reshape(index.shape);
}
