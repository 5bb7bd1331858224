namespace CxrLab.Metrics;

/// <summary>
/// Dice and IoU over many images, mask by mask, so that none need be kept: the mean over images, and the score of all pixels
/// pooled, in which large masks weigh more.
/// </summary>
/// <param name="empty">What two empty masks score.</param>
public sealed class RunningOverlap(EmptyMasks empty)
{
    private long both, one, other;
    private double dice, iou;
    private int scored;

    /// <summary>Adds one image.</summary>
    /// <exception cref="ArgumentException">Lengths differ; nothing is added.</exception>
    public void Update(ReadOnlySpan<bool> found, ReadOnlySpan<bool> truth)
    {
        (int shared, int first, int second) = MaskOverlap.Count(found, truth);
        Images++;
        both += shared;
        one += first;
        other += second;
        double value = MaskOverlap.Dice(found, truth, empty);
        if (double.IsNaN(value)) return;
        scored++;
        dice += value;
        iou += MaskOverlap.IoU(found, truth, empty);
    }

    /// <summary>Images added since the start or the last <see cref="Reset"/>.</summary>
    public int Images { get; private set; }

    /// <summary>The scores so far; NaN where no image counts.</summary>
    public (double MeanDice, double MeanIoU, double PooledDice) Compute() =>
        (scored > 0 ? dice / scored : double.NaN, scored > 0 ? iou / scored : double.NaN, one + other > 0 ? 2.0 * both / (one + other) : MaskOverlap.OfEmpty(empty));

    /// <summary>Forgets all images.</summary>
    public void Reset() => (both, one, other, dice, iou, scored, Images) = (0, 0, 0, 0, 0, 0, 0);
}
