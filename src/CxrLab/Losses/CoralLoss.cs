using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Losses;

/// <summary>
/// Ordinal regression by yes-or-no questions (CORAL, Cao et al., Pattern Recognition Letters 2020): logit r answers "is the rank above r?", and a cell costs the sum
/// of their cross-entropies. Targets are ranks 0 … R-1 of any shape [B, …], predictions [B, …, R-1]. A model that gives all questions of a cell the same
/// slope and falling biases (as CORAL does) never contradicts itself.
/// </summary>
/// <param name="Levels">R ≥ 2, the number of ranks.</param>
public sealed record CoralLoss(int Levels) : ILoss
{
    /// <summary>Mean over the known cells, their sum, or the cells themselves.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <summary>The rank that the logits say: how many questions are answered with more than a half. [B, …, R-1] → [B, …].</summary>
    public static Tensor Rank(Tensor logits) => logits.gt(zeros_like(logits)).sum(dim: -1);

    /// <param name="predictions">Logits [B, …, R-1].</param>
    /// <param name="targets">Ranks 0 … R-1, [B, …].</param>
    /// <param name="valid">[B, …]; 1 where the rank is known.</param>
    /// <exception cref="ArgumentException">The shapes don't fit, or a known target is no rank.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        if (Levels < 2 || predictions.dim() != targets.dim() + 1 || predictions.shape[^1] != Levels - 1)
            throw new ArgumentException($"{Levels} ranks [{string.Join(", ", targets.shape)}] need one more dimension of {Levels - 1} logits; got [{string.Join(", ", predictions.shape)}].", nameof(predictions));
        using var scope = NewDisposeScope();
        var (_, rank, known) = MaskedCells.Of(predictions.select(-1, 0), targets, valid); // [B, …] each
        Ranks.Require(rank, Levels);
        Tensor cell = known.to_type(ScalarType.Bool).unsqueeze(-1);                  // [B, …, 1]
        Tensor x = where(cell, predictions, zeros_like(predictions));                // [B, …, R-1]
        Tensor above = rank.unsqueeze(-1).gt(arange(Levels - 1, dtype: x.dtype, device: x.device)).to_type(x.dtype); // [B, …, R-1]
        Tensor cost = binary_cross_entropy_with_logits(x, above, reduction: nn.Reduction.None).sum(dim: -1) * known;
        return MaskedCells.Reduce(cost, known, Reduction).MoveToOuterDisposeScope();
    }
}
