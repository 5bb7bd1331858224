namespace CxrLab.Phantom;

/// <summary>A patient's body, the same on all of his images. Lengths in mm, in the coordinates of <see cref="Field"/>.</summary>
internal sealed record Anatomy
{
    /// <summary>Half the inner width of the rib cage at its widest.</summary>
    public required float HalfWidth { get; init; }

    /// <summary>From the apex to the top of the right dome at full inspiration.</summary>
    public required float LungHeight { get; init; }

    /// <summary>Front to back through the soft tissue of the trunk.</summary>
    public required float BodyDepth { get; init; }

    /// <summary>Front to back through the lung where it is deepest.</summary>
    public required float LungDepth { get; init; }

    /// <summary>Thickness of the chest wall at the sides.</summary>
    public required float WallThickness { get; init; }

    /// <summary>How much the left dome stands lower than the right one.</summary>
    public required float DomeDifference { get; init; }

    /// <summary>Drop from the dome to the costophrenic angle.</summary>
    public required float AngleDepth { get; init; }

    /// <summary>Heart width over inner thoracic width in the patient (the cardiothoracic ratio but for magnification).</summary>
    public required float HeartRatio { get; init; }

    /// <summary>Form of the upper chest: above 2 the apices are pointed, towards 3 square.</summary>
    public required float Shoulders { get; init; }

    /// <summary>Layer of fat under the skin.</summary>
    public required float FatThickness { get; init; }

    /// <summary>Slope of the shoulders relative to the average.</summary>
    public required float ShoulderSlope { get; init; }

    /// <summary>Tilt of the heart's long axis below the horizontal, radians.</summary>
    public required float HeartTilt { get; init; }

    /// <summary>Radius of the aortic knob.</summary>
    public required float AorticKnob { get; init; }

    /// <summary>Fat that widens the upper mediastinum.</summary>
    public required float MediastinalFat { get; init; }

    /// <summary>Sideways bow of the spine.</summary>
    public required float SpineBow { get; init; }

    /// <summary>Drop of a rib's ring from its back to its front, relative to the average.</summary>
    public required float RibSlope { get; init; }

    /// <summary>Mineral content of bone relative to a young adult's.</summary>
    public required float BoneDensity { get; init; }

    /// <summary>Depth of breast tissue; 0 where it casts no shadow.</summary>
    public required float BreastDepth { get; init; }

    /// <summary>How far the breast's lower fold hangs below its usual place.</summary>
    public required float BreastDrop { get; init; }

    /// <summary>Calibre of the lung's vessels relative to the average.</summary>
    public float VesselCalibre { get; init; } = 1;

    /// <summary>Height of the clavicles' outer ends above their inner ends.</summary>
    public required float ClavicleRise { get; init; }

    /// <summary>Gas in the stomach: 0 none – 1 a large bubble.</summary>
    public required float StomachGas { get; init; }

    /// <summary>Draws a body for a patient.</summary>
    /// <param name="random">The patient's own stream.</param>
    /// <param name="sex">Women are smaller and most have breast shadows.</param>
    /// <param name="age">In years; the heart widens, the aorta unfolds, bone thins.</param>
    public static Anatomy Draw(Random random, Sex sex, int age)
    {
        double Normal(double mean, double spread) => mean + spread * Math.Clamp(Exact.Gaussian(random), -2, 2);
        bool female = sex == Sex.Female;
        double years = Math.Clamp((age - 20) / 60.0, 0, 1.15), fat = Math.Max(0, Normal(0.45, 0.32));
        double half = Normal(female ? 126 : 138, 6);
        double depth = Normal(female ? 190 : 205, 8) + 42 * fat;
        return new()
        {
            HalfWidth = (float)half,
            LungHeight = (float)Normal(female ? 186 : 202, 11),
            BodyDepth = (float)depth,
            LungDepth = (float)(depth * Normal(0.72, 0.025) - 26 * fat),
            WallThickness = (float)(21 + 27 * fat + Normal(0, 2)),
            DomeDifference = (float)Normal(11, 5),
            AngleDepth = (float)Normal(45, 6),
            HeartRatio = (float)(Math.Clamp(Normal(0.43, 0.022), 0.385, 0.475) + 0.012 * years),
            Shoulders = (float)Normal(2.25, 0.16),
            FatThickness = (float)(5 + 16 * fat),
            ShoulderSlope = (float)Normal(1, 0.16),
            HeartTilt = (float)Normal(0.66 - 0.12 * fat, 0.07),
            AorticKnob = (float)(12.5 + 6.5 * years + Normal(0, 1)),
            MediastinalFat = (float)(5 * fat + Normal(0, 1.5)),
            SpineBow = (float)Normal(0, 4.5),
            RibSlope = (float)Normal(1, 0.09),
            BoneDensity = (float)(1.08 - 0.22 * years + Normal(0, 0.05)),
            BreastDepth = female && random.NextDouble() < 0.85 ? (float)Math.Max(8, Normal(20 + 20 * fat, 7)) : 0,
            BreastDrop = (float)Normal(14 * years, 9),
            ClavicleRise = (float)Normal(17, 8),
            StomachGas = random.NextDouble() < 0.75 ? random.NextSingle() : 0,
        };
    }
}
