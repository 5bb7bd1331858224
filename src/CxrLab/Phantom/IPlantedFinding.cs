namespace CxrLab.Phantom;

/// <summary>
/// A finding that the phantom can plant. One finding is one class in one file, found by <see cref="Findings.All"/>; the renderer and
/// the cohort know nothing else of it.
/// </summary>
internal interface IPlantedFinding
{
    /// <summary>As in <see cref="Findings.All"/>.</summary>
    string Name { get; }

    /// <summary>Share of images that show it, unless the options say otherwise.</summary>
    double Prevalence { get; }

    /// <summary>How it goes with the patient's hidden conditions, and so with other findings.</summary>
    Loading Loading { get; }

    /// <summary>Whether it fills air spaces, and so counts for the extent of lung opacity.</summary>
    bool IsOpacity => false;

    /// <summary>Changes the body before anything is drawn, such as a larger heart.</summary>
    Anatomy Alter(Anatomy anatomy, Lesion lesion) => anatomy;

    /// <summary>Changes the scene after the lungs, the heart and the vessels are drawn, before the bones.</summary>
    /// <param name="scene">Changed.</param>
    /// <param name="lesion">Place, size and contrast.</param>
    Planted Plant(Scene scene, Lesion lesion);
}

/// <summary>Correlations of a finding with two hidden conditions of the patient, each in (−1, 1), their squares adding to less than 1.</summary>
/// <param name="Congestion">Heart failure: a large heart, fluid in the lungs and in the pleura.</param>
/// <param name="Inflammation">Infection: opacities, fluid in the pleura.</param>
internal readonly record struct Loading(double Congestion, double Inflammation);

/// <summary>What a finding left behind.</summary>
/// <param name="Coverage">[H·W] in [0, 1]; the mask is where it is at least one half.</param>
/// <param name="Side">Where in the body.</param>
internal readonly record struct Planted(float[] Coverage, BodySide Side);

/// <summary>One planted finding of one patient on one image.</summary>
/// <param name="Severity">In (0, 1]; may change from image to image.</param>
/// <param name="Difficulty">0 plain to 1 nearly lost.</param>
/// <param name="PlaceSeed">The same on all images of the patient, so that a lesion stays where it is.</param>
internal sealed record Lesion(double Severity, double Difficulty, int PlaceSeed)
{
    /// <summary>Strength of the shadow: 1 is as tissue casts it, less is harder to see.</summary>
    public double Contrast { get; } = 2.1 - 1.5 * Difficulty;

    /// <summary>A fresh generator for the lesion's place and form.</summary>
    public Random Random() => new(PlaceSeed);

    /// <summary>A value that grows with severity. Where findings shall be plain, mild ones are nearly as large as severe ones.</summary>
    public float Grow(float mild, float severe) => mild + (severe - mild) * (float)(1 - (1 - Severity) * (0.3 + 0.7 * Difficulty));

    /// <summary>A drawn side: −1 right, 1 left.</summary>
    public static int Side(Random random, float rightShare = 0.5f) => random.NextSingle() < rightShare ? -1 : 1;

    /// <summary>The name of a drawn side.</summary>
    public static BodySide Name(int side) => side < 0 ? BodySide.Right : BodySide.Left;
}
