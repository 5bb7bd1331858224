namespace CxrLab.Phantom;

/// <summary>
/// Cuts the same chest that the radiographs show into axial slices, like a CT scan of the lying patient in deep breath: as many slices as
/// his lungs are long, and the lesions where they are.
/// </summary>
public static class ChestSlices
{
    private const float FieldMm = 390;

    /// <summary>Findings that can be cut; the others are drawn as shadows only.</summary>
    public static IReadOnlyList<string> Supported { get; } =
        [.. Findings.Ordered.Where(finding => finding is BlobFinding or EffusionFinding or PneumothoraxFinding or CardiomegalyFinding).Select(finding => finding.Name)];

    /// <summary>Renders a scan.</summary>
    /// <param name="phantomCase">Patient and findings; the view plays no part.</param>
    /// <param name="size">Rows and columns of a slice, from <see cref="ChestPhantom.MinSize"/> to <see cref="ChestPhantom.MaxSize"/>.</param>
    /// <param name="difficulty">0 plain to 1 nearly invisible.</param>
    /// <param name="slices">Number of slices; null for as many as a drawn spacing of 5 to 10 mm gives, so that scans differ in length.</param>
    /// <param name="bitDepth">8, 12 or 16.</param>
    /// <exception cref="ArgumentException">A value is out of range, or a finding can't be cut.</exception>
    public static PhantomStack Render(PhantomCase phantomCase, int size = 128, double difficulty = 0.5, int? slices = null, int bitDepth = 8)
    {
        CaseCheck.Check(phantomCase, size, difficulty);
        if (slices is < 2 or > 1000) throw new ArgumentException($"A scan has 2 to 1000 slices; got {slices}.", nameof(slices));
        if (bitDepth is not (8 or 12 or 16)) throw new ArgumentException($"Images have 8, 12 or 16 bits; got {bitDepth}.", nameof(bitDepth));
        if (phantomCase.Findings.FirstOrDefault(finding => !Supported.Contains(finding.Name)) is { } odd)
            throw new ArgumentException($"{odd.Name} can't be cut into slices; these can: {string.Join(", ", Supported)}.", nameof(phantomCase));
        var planned = ChestPhantom.Plans(phantomCase, difficulty);
        var chest = new Chest(ChestPhantom.Body(phantomCase, planned), new Pose(View.AP));
        int patientSeed = Seed.Of(phantomCase.Seed, phantomCase.Patient, Streams.Anatomy, 1);
        Random random = Seed.Random(phantomCase.Seed, phantomCase.Patient, Streams.Slices, phantomCase.FollowUp);
        const float first = 3;
        float length = Math.Max(chest.Right.BackAngleY, chest.Left.BackAngleY) - 10 - first;
        int count = slices ?? 1 + (int)(length / (5 + 5 * random.NextSingle()));
        float spacing = length / (count - 1);
        var cut = new SliceCut(chest, patientSeed, planned, size, FieldMm);
        var made = new PhantomSlice[count];
        for (int k = 0; k < count; k++)
            made[k] = cut.At(first + k * spacing, spacing, Seed.Random(phantomCase.Seed, phantomCase.Patient, Streams.Slices, phantomCase.FollowUp, k), (1 << bitDepth) - 1);
        return new(phantomCase, made, spacing, FieldMm / size);
    }
}
