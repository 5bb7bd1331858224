using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Losses;

/// <summary>
/// Asymmetric loss (Ridnik et al., ICCV 2021) from logits [B, K]: <c>-y (1 - p)^γ₊ ln p - (1 - y) q^γ₋ ln(1 - q)</c> with p = σ(x) and
/// q = max(p - m, 0). Of many negatives the easy ones fade, and those below the margin m cost nothing at all.
/// </summary>
/// <param name="GammaNegative">γ₋ ≥ 0.</param>
/// <param name="GammaPositive">γ₊ ≥ 0.</param>
/// <param name="Clip">The margin m in [0, 1).</param>
public sealed record AsymmetricLoss(double GammaNegative = 4, double GammaPositive = 1, double Clip = 0.05) : ILoss
{
    /// <summary>Mean over the known cells, their sum (as in the paper's training), or the cells themselves.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or a parameter is out of range.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        Checked();
        using var scope = NewDisposeScope();
        var (x, y, known) = MaskedCells.Of(predictions, targets, valid);            // [B, K] each
        Tensor logYes = logsigmoid(x), logNo = logsigmoid(x.neg());                 // ln p and ln(1 - p)
        var positive = y * (Number.Like(x, GammaPositive) * logNo).exp() * logYes;
        var negative = (ones_like(y) - y) * (Clip > 0 ? Clipped(x) : (Number.Like(x, GammaNegative) * logYes).exp() * logNo);
        return MaskedCells.Reduce((positive + negative).neg() * known, known, Reduction).MoveToOuterDisposeScope();
    }

    internal AsymmetricLoss Checked() => GammaNegative >= 0 && GammaPositive >= 0 && Clip is >= 0 and < 1 ? this : throw new ArgumentException($"The asymmetric loss needs both γ ≥ 0 and a clip in [0, 1); got {this}.");

    // q^γ₋ ln(1 - q), and 0 with slope 0 where p ≤ m.
    private Tensor Clipped(Tensor x)
    {
        // Through r = 1 - q = σ(-x) + m, which is exact where p is nearly 1.
        Tensor r = x.neg().sigmoid() + Number.Like(x, Clip), one = ones_like(x), zero = zeros_like(x);
        Tensor counts = r.lt(one), safe = where(counts, r, Number.Like(x, 0.5));
        Tensor cost = (Number.Like(x, GammaNegative) * (one - safe).log()).exp() * safe.log();
        return where(counts, cost, zero);
    }
}
