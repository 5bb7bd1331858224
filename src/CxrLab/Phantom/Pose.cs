namespace CxrLab.Phantom;

/// <summary>How one image was taken: what differs between two images of the same patient.</summary>
/// <param name="View"><see cref="View.PA"/> or <see cref="View.AP"/>.</param>
internal sealed record Pose(View View)
{
    /// <summary>Magnification relative to the average, about 0.9–1.1.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>Turn of the patient in the picture's plane, radians.</summary>
    public float Rotation { get; init; }

    /// <summary>Displacement of the beam's centre, mm.</summary>
    public float ShiftX { get; init; }

    /// <summary>Displacement of the beam's centre, mm.</summary>
    public float ShiftY { get; init; }

    /// <summary>How far the diaphragm stands above full inspiration, mm.</summary>
    public float Expiration { get; init; }

    /// <summary>The heart lies nearer to the tube in AP, so its shadow is wider.</summary>
    public float HeartMagnification { get; init; } = 1;

    /// <summary>0: shoulders rolled forward, scapulae clear of the lungs (PA); 1: scapulae over the lungs (AP).</summary>
    public float ScapulaOverlap { get; init; }

    /// <summary>Angle of the arms from the trunk, 0 hanging – 1 spread.</summary>
    public float ArmSpread { get; init; }

    /// <summary>Scattered per primary intensity behind the grid; portable machines have poorer grids.</summary>
    public float Scatter { get; init; }

    /// <summary>Quanta per pixel of 1 mm² without patient: fewer give more noise.</summary>
    public float Quanta { get; init; }

    /// <summary>Centre of the display window relative to the automatic one, in line-integral units.</summary>
    public float WindowShift { get; init; }

    /// <summary>Width of the display window relative to the automatic one.</summary>
    public float WindowWidth { get; init; } = 1;

    /// <summary>Depth of the black collimator border at left, top, right and bottom, as a share of the side.</summary>
    public float[] Collimation { get; init; } = [0, 0, 0, 0];

    /// <summary>Draws a pose for one exposure.</summary>
    public static Pose Draw(Random random, View view)
    {
        bool portable = view == View.AP;
        float[] collimation = [0, 0, 0, 0];
        if (random.NextDouble() < 0.3)
            for (int side = 0; side < 4; side++)
                if (random.NextDouble() < 0.5) collimation[side] = 0.008f + 0.03f * random.NextSingle();
        return new(view)
        {
            Scale = Around(random, portable ? 1.08 : 1.12, 0.05),
            Rotation = Around(random, 0, portable ? 0.03 : 0.013),
            ShiftX = Around(random, 0, portable ? 9 : 5),
            ShiftY = Around(random, 0, portable ? 12 : 8),
            Expiration = portable ? 12 + 14 * random.NextSingle() : 9 * random.NextSingle(),
            HeartMagnification = portable ? 1.07f : 1,
            ScapulaOverlap = portable ? 0.6f + 0.4f * random.NextSingle() : 0.35f * random.NextSingle(),
            ArmSpread = random.NextSingle(),
            Scatter = portable ? 0.30f + 0.25f * random.NextSingle() : 0.10f + 0.12f * random.NextSingle(),
            Quanta = (portable ? 9e3f : 2e4f) * (0.6f + 0.8f * random.NextSingle()),
            WindowShift = Around(random, 0, 0.23),
            WindowWidth = Math.Clamp(Around(random, portable ? 1.08 : 1.02, 0.13), 0.75f, 1.5f),
            Collimation = collimation,
        };
    }

    private static float Around(Random random, double mean, double spread) =>
        (float)(mean + spread * Math.Clamp(random.NextGaussian(), -2.2, 2.2));
}
