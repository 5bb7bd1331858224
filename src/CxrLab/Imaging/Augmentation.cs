namespace CxrLab.Imaging;

/// <summary>
/// Random changes that a radiograph could have come with: another pose, distance or exposure. A record, so that a run's
/// configuration prints itself.
/// </summary>
public sealed record Augmentation
{
    /// <summary>Nothing changes.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>Rotation ±10°, shift ±5 %, scale ±10 %, brightness ±0.1.</summary>
    public static Augmentation Affine { get; } = new() { Rotation = 10, Shift = 0.05, Scale = 0.1, Brightness = 0.1 };

    /// <summary>
    /// For outlines: rotation ±15°, shift ±8 %, scale ±15 %, exponents of the grey values from 1/1.6 to 1.6, mirrored half of the time, since a lung mask
    /// has no side.
    /// </summary>
    public static Augmentation Outline { get; } = new() { Rotation = 15, Shift = 0.08, Scale = 0.15, Brightness = 0.1, Gamma = 0.6, HorizontalFlip = true };

    /// <summary>Largest rotation either way, in degrees.</summary>
    public double Rotation { get; init; }

    /// <summary>Largest shift either way, as a share of the side.</summary>
    public double Shift { get; init; }

    /// <summary>Largest change of size: 0.1 draws a factor in [0.9, 1.1].</summary>
    public double Scale { get; init; }

    /// <summary>Largest amount added to or taken from every pixel.</summary>
    public double Brightness { get; init; }

    /// <summary>Largest change of contrast: 0.6 raises grey values to a power between 1/1.6 and 1.6.</summary>
    public double Gamma { get; init; }

    /// <summary>
    /// Mirrors half of the images. Off unless asked for: a mirrored chest has its heart on the wrong side, which is itself a
    /// finding (situs inversus), and every label with a side becomes false.
    /// </summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>Draws one change. The same generator state gives the same change.</summary>
    public ImageChange Draw(Random random)
    {
        double Within(double limit) => (2 * random.NextDouble() - 1) * limit;
        // Every number is drawn whether used or not, so that switching one change off leaves the others as they were.
        double angle = Within(Rotation), down = Within(Shift), across = Within(Shift), size = 1 + Within(Scale), light = Within(Brightness);
        bool mirrored = random.NextDouble() < 0.5;
        double exponent = Math.Exp(Within(Math.Log(1 + Gamma)));
        return new ImageChange(angle * Math.PI / 180, down, across, size, light, HorizontalFlip && mirrored) { Exponent = exponent };
    }
}
