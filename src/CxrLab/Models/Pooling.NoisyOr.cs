using static TorchSharp.torch;

namespace CxrLab.Models;

public static partial class Pooling
{
    /// <summary>
    /// Noisy-or (Li et al., CVPR 2018): the probability that at least one pixel shows the finding, <c>1 - Π (1 - p)</c>, where the
    /// pixels decide independently. It is computed in log space: in float32 a product of 400 factors is 0, and its logarithm lost.
    /// </summary>
    /// <param name="pixelLogits">[…, h, w].</param>
    /// <returns>Probabilities […].</returns>
    public static Tensor NoisyOr(Tensor pixelLogits)
    {
        using var scope = NewDisposeScope();
        return LogNone(pixelLogits).expm1().neg().MoveToOuterDisposeScope();
    }

    /// <summary>The logarithm of the probability that no pixel shows the finding, <c>log Π (1 - p) = Σ log σ(-z)</c>.</summary>
    /// <param name="pixelLogits">z, […, h, w].</param>
    /// <returns>[…], at most 0.</returns>
    public static Tensor LogNone(Tensor pixelLogits)
    {
        using var scope = NewDisposeScope();
        return nn.functional.logsigmoid(pixelLogits.neg()).sum([-2, -1]).MoveToOuterDisposeScope();
    }

    /// <summary>The logit of <see cref="NoisyOr"/>, finite and with a gradient even where the probability rounds to 0 or 1.</summary>
    /// <param name="pixelLogits">[…, h, w].</param>
    /// <returns>[…].</returns>
    public static Tensor NoisyOrLogit(Tensor pixelLogits)
    {
        const double Few = 1e-7; // below it Σ p is 1 - Π (1 - p) to float32's last digit
        using var scope = NewDisposeScope();
        var logNone = LogNone(pixelLogits);                                              // […]
        var logSum = nn.functional.logsigmoid(pixelLogits).flatten(-2).logsumexp(-1);    // […], log Σ p
        var few = logNone.neg() < Number(Few, logNone);
        // where() hands a gradient of 0 to the branch not taken; times that branch's infinite slope it would be NaN.
        var safe = logNone.where(few.logical_not(), ones_like(logNone).neg());
        var logAny = logSum.where(few, safe.expm1().neg().log());
        return (logAny - logNone).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Noisy-or as Li et al. keep its product from underflow: each factor 1 - p is first moved from [0, 1] to [floor, 1]. No image can
    /// then reach more than <c>1 - floor^(hw)</c>, which on a 4 × 4 map is 0.276; <see cref="NoisyOr"/> has no such ceiling.
    /// </summary>
    /// <param name="probabilities">p, […, h, w].</param>
    /// <param name="floor">0.98 in the paper; in [0, 1).</param>
    /// <returns>Probabilities […].</returns>
    public static Tensor ScaledNoisyOr(Tensor probabilities, double floor = 0.98)
    {
        if (floor is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(floor), floor, "The floor of the factors is in [0, 1).");
        using var scope = NewDisposeScope();
        var shrunk = probabilities * Number(1 - floor, probabilities);                   // floor + (1 - floor)(1 - p) = 1 - (1 - floor) p
        return shrunk.neg().log1p().sum([-2, -1]).expm1().neg().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The log-probability that exactly the pixels of a box show the finding, <c>Σ_{in} log p + Σ_{out} log(1 - p)</c> (Li et al., CVPR 2018).
    /// </summary>
    /// <param name="pixelLogits">[…, h, w].</param>
    /// <param name="box">1 inside, 0 outside, in a shape that broadcasts to the logits.</param>
    /// <returns>[…], at most 0.</returns>
    public static Tensor LogBox(Tensor pixelLogits, Tensor box)
    {
        using var scope = NewDisposeScope();
        var inside = nn.functional.logsigmoid(pixelLogits) * box;
        var outside = nn.functional.logsigmoid(pixelLogits.neg()) * (ones_like(box) - box);
        return (inside + outside).sum([-2, -1]).MoveToOuterDisposeScope();
    }
}
