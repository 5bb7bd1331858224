namespace CxrLab.Metrics;

/// <summary>Overlap of two masks. Dice = 2·IoU / (1 + IoU), so both order masks alike; only means over images differ.</summary>
public static class MaskOverlap
{
    /// <summary>2·|A∩B| / (|A| + |B|) (Dice, Ecology 1945).</summary>
    /// <param name="found">Row by row.</param>
    /// <param name="truth">Of the same length.</param>
    /// <param name="empty">What two empty masks score.</param>
    /// <returns>In [0, 1]; NaN for two empty masks under <see cref="EmptyMasks.LeaveOut"/>.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static double Dice(ReadOnlySpan<bool> found, ReadOnlySpan<bool> truth, EmptyMasks empty)
    {
        (int both, int one, int other) = Count(found, truth);
        return one + other == 0 ? OfEmpty(empty) : 2.0 * both / (one + other);
    }

    /// <summary>|A∩B| / |A∪B| (Jaccard, 1901).</summary>
    /// <inheritdoc cref="Dice"/>
    public static double IoU(ReadOnlySpan<bool> found, ReadOnlySpan<bool> truth, EmptyMasks empty)
    {
        (int both, int one, int other) = Count(found, truth);
        return one + other == 0 ? OfEmpty(empty) : (double)both / (one + other - both);
    }

    internal static double OfEmpty(EmptyMasks empty) => empty switch { EmptyMasks.CountAsOne => 1, EmptyMasks.CountAsZero => 0, _ => double.NaN };

    internal static (int Both, int One, int Other) Count(ReadOnlySpan<bool> found, ReadOnlySpan<bool> truth)
    {
        if (found.Length != truth.Length) throw new ArgumentException($"Masks of {found.Length} and {truth.Length} pixels can't be compared.", nameof(truth));
        int both = 0, one = 0, other = 0;
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i]) one++;
            if (truth[i]) other++;
            if (found[i] && truth[i]) both++;
        }

        return (both, one, other);
    }
}

/// <summary>What it is worth to find nothing where nothing is. There is no right default, so there is none.</summary>
public enum EmptyMasks
{
    /// <summary>A full success: a model that keeps silent on normal images is praised.</summary>
    CountAsOne,

    /// <summary>A failure.</summary>
    CountAsZero,

    /// <summary>NaN; means leave the image out.</summary>
    LeaveOut,
}
