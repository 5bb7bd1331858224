using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Losses;

/// <summary>
/// Focal loss (Lin et al., ICCV 2017) from logits [B, K]: <c>-α y (1 - p)ᵞ ln p - (1 - α)(1 - y) pᵞ ln(1 - p)</c> with p = σ(x). Cells that are
/// right already weigh little, so the few hard ones lead.
/// </summary>
/// <param name="Gamma">γ ≥ 0, how much easy cells lose; 0 is the plain cross-entropy.</param>
/// <param name="Alpha">α in [0, 1], the weight of positives; null: positives and negatives both weigh 1.</param>
public sealed record FocalLoss(double Gamma = 2, double? Alpha = 0.25) : ILoss
{
    /// <summary>Mean over the known cells, their sum (the paper divides it by the number of positives), or the cells themselves.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or a parameter is out of range.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        Checked();
        using var scope = NewDisposeScope();
        var (x, y, known) = MaskedCells.Of(predictions, targets, valid);            // [B, K] each
        Tensor logYes = logsigmoid(x), logNo = logsigmoid(x.neg());                 // ln p and ln(1 - p)
        Tensor gamma = Number.Like(x, Gamma);
        // pᵞ as exp(γ ln p): a power's own slope at 0 is infinite for γ < 1.
        var positive = y * (gamma * logNo).exp() * logYes;
        var negative = (ones_like(y) - y) * (gamma * logYes).exp() * logNo;
        if (Alpha is { } alpha) (positive, negative) = (positive * Number.Like(x, alpha), negative * Number.Like(x, 1 - alpha));
        return MaskedCells.Reduce((positive + negative).neg() * known, known, Reduction).MoveToOuterDisposeScope();
    }

    internal FocalLoss Checked() => Gamma >= 0 && Alpha is null or (>= 0 and <= 1) ? this : throw new ArgumentException($"The focal loss needs γ ≥ 0 and α in [0, 1]; got {this}.");
}
