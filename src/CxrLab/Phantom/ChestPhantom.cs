using CxrLab.Imaging;

namespace CxrLab.Phantom;

/// <summary>
/// Renders synthetic frontal chest X-rays. Every organ adds its share of the line integral along each ray; a detector with scatter
/// and quantum noise turns that into grey values. Not a dosimetric simulation: parallel rays, one energy, no lateral view.
/// </summary>
public static class ChestPhantom
{
    /// <summary>Raised whenever the pixels of a given seed change; samples record it.</summary>
    public const int Version = 1;

    /// <summary>Smallest and largest side of an image.</summary>
    public const int MinSize = 64, MaxSize = 1024;

    /// <summary>Renders one case.</summary>
    /// <param name="phantomCase">Patient, image and findings.</param>
    /// <param name="size">Rows and columns, from <see cref="MinSize"/> to <see cref="MaxSize"/>.</param>
    /// <param name="difficulty">0: findings cast strong shadows; 1: they are nearly lost in the anatomy.</param>
    /// <param name="bitDepth">Grey levels: 8, 12 or 16 bits.</param>
    /// <exception cref="ArgumentException">The size or the difficulty is out of range, the view isn't frontal, or a finding is unknown or stands twice.</exception>
    public static PhantomImage Render(PhantomCase phantomCase, int size = 128, double difficulty = 0.5, int bitDepth = 8)
    {
        Check(phantomCase, size, difficulty, bitDepth);
        (int seed, int patient, int followUp) = (phantomCase.Seed, phantomCase.Patient, phantomCase.FollowUp);
        var planned = Findings.Ordered
            .Select(f => (Finding: f, Plan: phantomCase.Findings.FirstOrDefault(p => p.Name == f.Name)))
            .Where(f => f.Plan is not null)
            .Select(f => (f.Finding, Lesion: new Lesion(f.Plan!.Severity, 1.45 - 1.1 * difficulty, Seed.Of(seed, patient, Streams.Lesion, Findings.NumberOf(f.Finding)))))
            .ToArray();
        var anatomy = Anatomy.Draw(Seed.Random(seed, patient, Streams.Anatomy), phantomCase.Sex, phantomCase.Age);
        foreach (var (finding, lesion) in planned) anatomy = finding.Alter(anatomy, lesion);
        var pose = Pose.Draw(Seed.Random(seed, patient, Streams.Pose, followUp), phantomCase.View);
        var scene = new Scene(new Field(size, pose), anatomy, pose, Seed.Of(seed, patient, Streams.Anatomy, 1));

        Body.Add(scene);
        Lungs.Add(scene);
        Heart.Add(scene);
        Mediastinum.Add(scene);
        Vessels.Add(scene);
        var coverages = planned.Select(p => (p.Finding.Name, p.Lesion.Severity, Coverage: p.Finding.Plant(scene, p.Lesion))).ToArray();
        Airways.Add(scene);
        Spine.Add(scene);
        Ribs.Add(scene);
        ShoulderGirdle.Add(scene);
        Abdomen.Add(scene);
        Breasts.Add(scene);
        float[] pixels = Detector.Expose(scene, Seed.Random(seed, patient, Streams.Noise, followUp), bitDepth);

        var image = new PhantomImage(
            phantomCase,
            new GrayImage(size, size, pixels),
            [.. coverages.Select(c => new PlantedFinding(c.Name, c.Severity, BodySide.Both, new(size, i => c.Coverage[i] >= 0.5f)))],
            new(size, i => scene.LungMask[i] && scene.Field.X[i] < 0),
            new(size, i => scene.LungMask[i] && scene.Field.X[i] >= 0),
            new(size, i => scene.Heart[i] >= 0.5f),
            scene.Field.MmPerPixel)
        {
            Body = new(size, i => scene.BodyDepth[i] > 0),
            Landmarks = new Dictionary<string, (double X, double Y)>(),
            BitDepth = bitDepth,
            CardiothoracicRatio = anatomy.HeartRatio * pose.HeartMagnification,
        };
        return image;
    }

    private static void Check(PhantomCase phantomCase, int size, double difficulty, int bitDepth)
    {
        ArgumentNullException.ThrowIfNull(phantomCase);
        if (size is < MinSize or > MaxSize) throw new ArgumentException($"The phantom is drawn at {MinSize} to {MaxSize} pixels a side; got {size}.", nameof(size));
        if (!(difficulty is >= 0 and <= 1)) throw new ArgumentException($"Difficulty runs from 0 (plain) to 1 (nearly invisible); got {difficulty}.", nameof(difficulty));
        if (bitDepth is not (8 or 12 or 16)) throw new ArgumentException($"Images have 8, 12 or 16 bits; got {bitDepth}.", nameof(bitDepth));
        if (phantomCase.View is not (View.PA or View.AP)) throw new ArgumentException($"The phantom draws PA and AP views; got {phantomCase.View}.", nameof(phantomCase));
        foreach (var finding in phantomCase.Findings)
        {
            Findings.Named(finding.Name);
            if (!(finding.Severity is > 0 and <= 1)) throw new ArgumentException($"Severity lies in (0, 1]; {finding.Name} has {finding.Severity}.", nameof(phantomCase));
        }

        if (phantomCase.Findings.DistinctBy(f => f.Name).Count() != phantomCase.Findings.Count)
            throw new ArgumentException("A finding stands twice in one case.", nameof(phantomCase));
    }
}

/// <summary>Names of the random streams of one patient, so that none of them shifts another.</summary>
internal static class Streams
{
    public const int Anatomy = -1, Pose = -2, Noise = -3, Lesion = -4, Course = -5, Visit = -6, Split = -7, Readers = -8, Planting = -9, Report = -10, Slices = -11;
}
