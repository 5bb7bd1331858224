namespace CxrLab.Phantom;

/// <summary>How one image was taken: what differs between two images of the same patient.</summary>
/// <param name="View"><see cref="View.PA"/>, <see cref="View.AP"/> or <see cref="View.Lateral"/>.</param>
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

    /// <summary>From the X-ray tube to the patient's middle, mm: short at the bedside, so there the heart is cast larger.</summary>
    public float SourceMm { get; init; } = 1650;

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

    /// <summary>Local contrast that the machine's software adds: 0 film, 1 a strongly processed digital image.</summary>
    public float EdgeEnhancement { get; init; }

    /// <summary>Draws a pose for one exposure.</summary>
    public static Pose Draw(Random random, View view)
    {
        bool portable = view == View.AP, lateral = view == View.Lateral;
        return new(view)
        {
            Scale = Around(random, lateral ? 1.14 : portable ? 1.17 : 1.22, 0.06),
            Rotation = Around(random, 0, portable ? 0.035 : 0.015),
            ShiftX = Around(random, lateral ? -8 : 0, portable ? 11 : 6),
            ShiftY = Around(random, 0, portable ? 15 : 10),
            Expiration = portable ? 12 + 14 * random.NextSingle() : 9 * random.NextSingle(),
            SourceMm = portable ? 900 + 150 * random.NextSingle() : 1650,
            ScapulaOverlap = portable ? 0.6f + 0.4f * random.NextSingle() : 0.35f * random.NextSingle(),
            ArmSpread = random.NextSingle(),
            Scatter = portable ? 0.45f + 0.4f * random.NextSingle() : lateral ? 0.30f + 0.2f * random.NextSingle() : 0.20f + 0.22f * random.NextSingle(),
            Quanta = (portable ? 2.2e4f : 4.5e4f) * (0.5f + random.NextSingle()),
            WindowShift = Around(random, -0.05, 0.27),
            WindowWidth = Math.Clamp(Around(random, portable ? 1.12 : 1.04, 0.16), 0.75f, 1.6f),
            EdgeEnhancement = Square(random.NextSingle()),
        };
    }

    private static float Around(Random random, double mean, double spread) => (float)(mean + spread * Math.Clamp(Exact.Gaussian(random), -2.2f, 2.2f));

    private static float Square(float t) => t * t;
}
