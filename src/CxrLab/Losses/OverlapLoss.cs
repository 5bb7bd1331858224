using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>
/// What losses of overlapping areas share: activation, masking, smoothing and reduction, with the options and formulas of MONAI. Predictions,
/// targets and <c>valid</c> are [B, C, H, W], or [B, C, D, H, W] for volumes. Areas are summed per channel and image, or per channel over the batch.
/// </summary>
/// <remarks>
/// An empty mask that is predicted empty costs 0 as long as both smoothing constants are equal. Without smoothing 0/0 counts as a perfect match.
/// </remarks>
public abstract record OverlapLoss : ILoss
{
    /// <summary>From raw output to probabilities.</summary>
    public Activation Activation { get; init; } = Activation.Sigmoid;

    /// <summary>Whether channel 0 counts. Leave it out where it is the background of a <see cref="Activation.Softmax"/>; one channel alone always counts.</summary>
    public bool IncludeBackground { get; init; } = true;

    /// <summary>
    /// Whether areas are summed over the whole batch before they are compared. Then an image with a small structure weighs little, but an image
    /// without any can't turn the loss upside down.
    /// </summary>
    public bool Batch { get; init; }

    /// <summary>Added to the numerator (MONAI's <c>smooth_nr</c>).</summary>
    public double SmoothNumerator { get; init; } = 1e-5;

    /// <summary>Added to the denominator (MONAI's <c>smooth_dr</c>).</summary>
    public double SmoothDenominator { get; init; } = 1e-5;

    /// <summary>Mean (over images and channels of which a pixel is known), sum, or none: one value per image and channel [B, C], [C] with <see cref="Batch"/>.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <summary>Whether the areas of the denominator are sums of squares.</summary>
    protected virtual bool SquaredAreas => false;

    /// <param name="predictions">[B, C, H, W], raw output unless <see cref="Activation"/> is <see cref="Activation.None"/>.</param>
    /// <param name="targets">Same shape, in [0, 1].</param>
    /// <param name="valid">Same shape; 1 where the mask is known. A pixel with 0 adds exactly 0 to every area.</param>
    /// <exception cref="ArgumentException">The shapes differ, there is no spatial dimension, or a smoothing constant is negative.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        using var scope = NewDisposeScope();
        (Tensor cost, Tensor any) = Cells(predictions, targets, valid);
        return MaskedCells.Reduce(cost, any, Reduction).MoveToOuterDisposeScope();
    }

    /// <summary>The loss of each image and channel, 0 where no pixel is known, and 1 or 0 for whether one is. Both belong to the caller's scope.</summary>
    internal (Tensor Cost, Tensor Any) Cells(Tensor predictions, Tensor targets, Tensor? valid)
    {
        Checked();
        if (predictions.dim() < 3) throw new ArgumentException($"A map has batch, channel and at least one spatial dimension; got [{string.Join(", ", predictions.shape)}].", nameof(predictions));
        var (x, g, known) = MaskedCells.Of(predictions, targets, valid);                                    // [B, C, H, W] each
        Tensor p = Activation switch { Activation.Sigmoid => x.sigmoid(), Activation.Softmax => x.softmax(1), _ => x };
        OverlapSums areas = OverlapSums.Of(Counted(p), Counted(g), Counted(known), SquaredAreas, Batch);
        Tensor cost = Cost(areas), any = areas.Any;
        if (any.dim() > cost.dim()) any = any.amax([-1]);                                                   // where a loss joins the channels, one known channel is enough
        return (cost * any, any);
    }

    internal virtual OverlapLoss Checked() => SmoothNumerator >= 0 && SmoothDenominator >= 0
        ? this
        : throw new ArgumentException($"Smoothing constants can't be negative; got {SmoothNumerator} and {SmoothDenominator}.");

    /// <summary>Sums of [B, C, H, W] over what this loss takes as one area.</summary>
    internal Tensor PerMap(Tensor pixels) => Counted(pixels).flatten(2).sum(Batch ? [0, 2] : [2]);          // [C] or [B, C]

    /// <summary>The loss of each image and channel from its areas.</summary>
    /// <returns>[B, C] or [C]; of fewer dimensions where the loss joins the channels.</returns>
    protected abstract Tensor Cost(OverlapSums areas);

    /// <summary>1 - (numerator + smooth) / (denominator + smooth).</summary>
    protected Tensor OneMinusRatio(Tensor numerator, Tensor denominator)
    {
        Tensor above = numerator + Number.Like(numerator, SmoothNumerator), below = denominator + Number.Like(denominator, SmoothDenominator);
        Tensor one = ones_like(below), empty = below.eq(zeros_like(below));
        return one - (where(empty, one, above) / where(empty, one, below));
    }

    private Tensor Counted(Tensor maps) => IncludeBackground || maps.shape[1] == 1 ? maps : maps.narrow(1, 1, maps.shape[1] - 1); // [B, C - 1, H, W]
}
