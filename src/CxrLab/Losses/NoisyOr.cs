using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Losses;

/// <summary>
/// An image is positive when any of its patches is: p = 1 - Π (1 - pⱼ). In plain numbers a product of 400 patches underflows and its logarithm is
/// infinite, so everything here stays a logarithm. Patch logits are [B, K, h, w], answers [B, K].
/// </summary>
/// <remarks>
/// Some papers avoid the underflow by squeezing pⱼ and 1 - pⱼ into [floor, 1]; that is here too, for comparison. With floor 0.98 and 4 × 4 patches an image
/// can't be surer than 0.276.
/// </remarks>
public static class NoisyOr
{
    private const double Tiny = -30;    // below it ln softplus(z) = z to the last digit of a double
    private const double Series = 1e-2; // below it three terms of ln(1 - e⁻ˢ) are exact to 4e-12

    /// <summary>ln(1 - p), the logarithm that no patch is positive. All logits 2 in 20 × 20 patches give -850.77.</summary>
    /// <param name="patches">Logits [B, K, h, w].</param>
    /// <param name="floor">Lowest value that 1 - pⱼ may take; 0 leaves it as it is.</param>
    public static Tensor LogNone(Tensor patches, double floor = 0)
    {
        using var scope = NewDisposeScope();
        return LogNoneOf(patches.flatten(2), floor).sum(dim: -1).MoveToOuterDisposeScope(); // [B, K]
    }

    /// <summary>ln p, the logarithm that at least one patch is positive.</summary>
    /// <param name="patches">Logits [B, K, h, w].</param>
    /// <param name="floor">Lowest value that 1 - pⱼ may take; 0 leaves it as it is.</param>
    public static Tensor LogAny(Tensor patches, double floor = 0)
    {
        using var scope = NewDisposeScope();
        Tensor z = patches.flatten(2);                                               // [B, K, hw]
        Tensor tiny = z.lt(Number.Like(z, Tiny)), safe = where(tiny, zeros_like(z), z);
        Tensor small = floor == 0 ? z : z + Number.Like(z, Math.Log(1 - floor));
        // s = -ln(1 - p); its logarithm, patch by patch, keeps what is too small for s itself.
        Tensor logS = where(tiny, small, LogNoneOf(safe, floor).neg().log()).logsumexp(-1); // [B, K]
        Tensor s = logS.exp(), near = s.lt(Number.Like(s, Series)), apart = where(near, ones_like(s), s);
        Tensor series = logS - (s * Number.Like(s, 0.5)) + (s * s * Number.Like(s, 1.0 / 24));
        return where(near, series, apart.neg().expm1().neg().log()).MoveToOuterDisposeScope();
    }

    /// <summary>p = 1 - Π (1 - pⱼ). All logits -10 in 20 × 20 patches give 0.0179957.</summary>
    /// <param name="patches">Logits [B, K, h, w].</param>
    /// <param name="floor">Lowest value that 1 - pⱼ may take; 0 leaves it as it is.</param>
    public static Tensor Probability(Tensor patches, double floor = 0)
    {
        using var scope = NewDisposeScope();
        return LogNone(patches, floor).expm1().neg().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// ln Π pⱼ (inside the box) Π (1 - pⱼ) (outside), Li et al. (CVPR 2018). Probabilities 0.1, 0.2, 0.3, 0.4 with a box on the last two give ln 0.0864.
    /// </summary>
    /// <param name="patches">Logits [B, K, h, w].</param>
    /// <param name="boxes">[B, K, h, w], 1 inside the box.</param>
    /// <param name="floor">Lowest value that pⱼ and 1 - pⱼ may take; 0 leaves them as they are.</param>
    public static Tensor LogBox(Tensor patches, Tensor boxes, double floor = 0)
    {
        using var scope = NewDisposeScope();
        Tensor z = patches.flatten(2), inside = boxes.flatten(2).to_type(z.dtype);   // [B, K, hw]
        Tensor sign = inside + inside - ones_like(inside);
        return LogNoneOf((sign * z).neg(), floor).sum(dim: -1).MoveToOuterDisposeScope(); // pⱼ is the 1 - pⱼ of the turned logit
    }

    // ln(1 - p) of every patch, with 1 - p squeezed into [floor, 1].
    private static Tensor LogNoneOf(Tensor z, double floor) => floor switch
    {
        0 => logsigmoid(z.neg()),
        > 0 and < 1 => (z.sigmoid() * Number.Like(z, floor - 1)).log1p(),
        _ => throw new ArgumentOutOfRangeException(nameof(floor), floor, "The floor must be in [0, 1)."),
    };
}
