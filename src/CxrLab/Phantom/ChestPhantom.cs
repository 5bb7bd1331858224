using CxrLab.Imaging;

namespace CxrLab.Phantom;

/// <summary>
/// Renders synthetic chest X-rays, frontal and lateral. Every organ adds its share of the line integral along each ray from the tube; a
/// detector with scatter and quantum noise turns that into grey values. Not a dosimetric simulation: one energy, scatter as a blur.
/// </summary>
public static class ChestPhantom
{
    /// <summary>Raised whenever the pixels of a given seed change; samples record it.</summary>
    public const int Version = 2;

    /// <summary>Smallest and largest side of an image.</summary>
    public const int MinSize = 64, MaxSize = 1024;

    /// <summary>Renders one case.</summary>
    /// <param name="phantomCase">Patient, image and findings.</param>
    /// <param name="size">Rows and columns, from <see cref="MinSize"/> to <see cref="MaxSize"/>.</param>
    /// <param name="difficulty">0: findings cast strong shadows; 1: they are nearly lost in the anatomy.</param>
    /// <param name="bitDepth">Grey levels: 8, 12 or 16 bits.</param>
    /// <exception cref="ArgumentException">A value is out of range, or a finding is unknown or stands twice.</exception>
    public static PhantomImage Render(PhantomCase phantomCase, int size = 128, double difficulty = 0.5, int bitDepth = 8)
    {
        CaseCheck.Check(phantomCase, size, difficulty);
        if (bitDepth is not (8 or 12 or 16)) throw new ArgumentException($"Images have 8, 12 or 16 bits; got {bitDepth}.", nameof(bitDepth));
        (int seed, int patient, int followUp) = (phantomCase.Seed, phantomCase.Patient, phantomCase.FollowUp);
        var planned = Plans(phantomCase, difficulty);
        var chest = new Chest(Body(phantomCase, planned), Pose.Draw(Seed.Random(seed, patient, Streams.Pose, followUp, (int)phantomCase.View), phantomCase.View));
        var scene = new Scene(new Field(size, chest.Pose, phantomCase.Misaligned), chest, Seed.Of(seed, patient, Streams.Anatomy, 1));

        Phantom.Body.Add(scene);
        Lungs.Add(scene);
        HeartShadow.Add(scene);
        Mediastinum.Add(scene);
        Vessels.Add(scene);
        var extent = new OpacityExtent(scene);
        var planted = planned.Select(plan => (plan.Finding, plan.Lesion, Result: plan.Finding.Plant(scene, plan.Lesion))).ToArray();
        foreach (var (finding, _, result) in planted.Where(plan => plan.Finding.IsOpacity)) extent.Cover(result.Coverage);
        Airways.Add(scene);
        Spine.Add(scene);
        Ribs.Add(scene);
        ShoulderGirdle.Add(scene);
        Abdomen.Add(scene);
        Breasts.Add(scene);
        Devices.Add(scene, phantomCase.Shortcuts, Seed.Random(seed, patient, Streams.Devices, followUp));
        float[] pixels = Detector.Expose(scene, Seed.Random(seed, patient, Streams.Noise, followUp, (int)phantomCase.View));
        FilmMarks.Paint(pixels, size, phantomCase, Seed.Random(seed, patient, Streams.Marks, followUp, (int)phantomCase.View));
        float levels = (1 << bitDepth) - 1;
        for (int i = 0; i < pixels.Length; i++) pixels[i] = MathF.Round(levels * Math.Clamp(pixels[i], 0, 1)) / levels;

        (PhantomMask right, PhantomMask left) = (extent.LungMask(-1), extent.LungMask(1));
        var heart = new PhantomMask(size, i => scene.Heart[i] >= 0.5f);
        return new(
            phantomCase,
            new GrayImage(size, size, pixels),
            [.. planted.Select(plan => new PlantedFinding(plan.Finding.Name, plan.Lesion.Severity, plan.Result.Side, new(size, i => plan.Result.Coverage[i] >= 0.5f)))],
            right,
            left,
            heart,
            scene.Field.MmPerPixel)
        {
            BitDepth = bitDepth,
            Body = new(size, i => scene.BodyDepth[i] > 0),
            Landmarks = Phantom.Landmarks.Of(chest, scene.Field),
            CardiothoracicRatio = phantomCase.View == View.Lateral || right.Area == 0 || left.Area == 0 ? double.NaN : heart.Box.Width / (left.Box.Right - right.Box.X),
            GeographicExtent = extent.Geographic,
            OpacityExtent = extent.Opacity,
        };
    }

    /// <summary>Findings of a case with their lesions, in order.</summary>
    internal static (IPlantedFinding Finding, Lesion Lesion)[] Plans(PhantomCase phantomCase, double difficulty) =>
    [
        .. Findings.Ordered
            .Select(finding => (Finding: finding, Plan: phantomCase.Findings.FirstOrDefault(plan => plan.Name == finding.Name)))
            .Where(pair => pair.Plan is not null)
            .Select(pair => (pair.Finding, new Lesion(pair.Plan!.Severity, difficulty, Seed.Of(phantomCase.Seed, phantomCase.Patient, Streams.Lesion, Findings.NumberOf(pair.Finding))))),
    ];

    /// <summary>The patient's body as his findings have changed it.</summary>
    internal static Anatomy Body(PhantomCase phantomCase, (IPlantedFinding Finding, Lesion Lesion)[] planned)
    {
        var anatomy = Anatomy.Draw(Seed.Random(phantomCase.Seed, phantomCase.Patient, Streams.Anatomy), phantomCase.Sex, phantomCase.Age);
        foreach (var (finding, lesion) in planned) anatomy = finding.Alter(anatomy, lesion);
        return anatomy;
    }
}

/// <summary>Names of the random streams of one patient, so that none of them shifts another.</summary>
internal static class Streams
{
    public const int Anatomy = -1, Pose = -2, Noise = -3, Lesion = -4, Course = -5, Visit = -6, Split = -7, Readers = -8, Planting = -9, Report = -10, Slices = -11, Devices = -12, Marks = -13;
}
