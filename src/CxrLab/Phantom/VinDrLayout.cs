using System.Globalization;
using System.Text.Json;

namespace CxrLab.Phantom;

/// <summary>
/// A synthetic collection in the layout of VinDr-CXR's Kaggle table (Nguyen et al., Sci Data 2022): <c>train.csv</c> with corner boxes by
/// three of five made-up readers per image, and <c>train/*.png</c>. What is really there stands in <c>truth/truth.json</c>. Images are 8-bit
/// PNG files, not DICOM.
/// </summary>
public static class VinDrLayout
{
    private const int ReadersPerImage = 3;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    // Columns of Kaggle's table; a finding of the phantom that has no class there is "Other lesion".
    private static readonly string[] Classes =
    [
        "Aortic enlargement", "Atelectasis", "Calcification", "Cardiomegaly", "Consolidation", "ILD", "Infiltration", "Lung Opacity",
        "Nodule/Mass", "Other lesion", "Pleural effusion", "Pleural thickening", "Pneumothorax", "Pulmonary fibrosis", "No finding",
    ];

    private static readonly Dictionary<string, string> ClassOf = new(StringComparer.Ordinal)
    {
        [Finding.Mass] = "Nodule/Mass",
        [Finding.Nodule] = "Nodule/Mass",
        [Finding.Effusion] = "Pleural effusion",
        [Finding.Fibrosis] = "Pulmonary fibrosis",
        [Finding.PleuralThickening] = "Pleural thickening",
    };

    /// <inheritdoc cref="NihLayout.Write"/>
    public static void Write(string root, PhantomOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        ArgumentNullException.ThrowIfNull(options);
        // VinDr's films are all PA.
        PhantomCase[] cases = [.. PhantomCohort.Draw(options).Select(one => one with { View = View.PA })];
        PhantomFolder.Write(root, options.Overwrite, folder => WriteAll(folder, options, cases, progress, cancellationToken), cancellationToken);
    }

    private static void WriteAll(string folder, PhantomOptions options, PhantomCase[] cases, IProgress<int>? progress, CancellationToken cancellation)
    {
        string images = Directory.CreateDirectory(Path.Combine(folder, "train")).FullName;
        var rows = new string[cases.Length][];
        var truths = new object[cases.Length];
        int done = 0;
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = options.Workers == 0 ? Environment.ProcessorCount : options.Workers };
        Parallel.For(0, cases.Length, parallel, k =>
        {
            PhantomImage image = ChestPhantom.Render(cases[k], options.Size, options.Difficulty);
            string id = Id(cases[k]);
            image.Image.WritePng(Path.Combine(images, id + ".png"));
            int seed = Seed.Of(options.Seed, k, Streams.Readers);
            IEnumerable<PhantomReader> readers = PhantomReader.All.OrderBy(reader => Seed.Of(seed, reader.Name[1])).Take(ReadersPerImage).OrderBy(reader => reader.Name, StringComparer.Ordinal);
            rows[k] = [.. readers.SelectMany(reader => Rows(id, reader, reader.Read(image, options.Size, seed)))];
            truths[k] = new { image = id, findings = image.Findings.Where(finding => finding.Mask.Area > 0).Select(finding => new { finding = Class(finding.Name), severity = finding.Severity, box = new[] { finding.Box.X, finding.Box.Y, finding.Box.Width, finding.Box.Height } }) };
            progress?.Report(Interlocked.Increment(ref done));
        });

        PhantomFolder.WriteLines(Path.Combine(folder, "train.csv"), rows.SelectMany(lines => lines).Prepend("image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max"));
        string truth = Directory.CreateDirectory(Path.Combine(folder, PhantomFolder.Truth)).FullName;
        string json = JsonSerializer.Serialize(new { version = ChestPhantom.Version, seed = options.Seed, count = options.Count, size = options.Size, difficulty = options.Difficulty, images = truths }, Indented);
        PhantomFolder.WriteLines(Path.Combine(truth, PhantomFolder.TruthFile), [json]);
    }

    private static IEnumerable<string> Rows(string id, PhantomReader reader, IReadOnlyList<FindingBox> boxes) => boxes.Count == 0
        ? [$"{id},No finding,{Classes.Length - 1},{reader.Name},,,,"]
        : boxes.Select(box => string.Create(CultureInfo.InvariantCulture,
            $"{id},{Class(box.Finding)},{Array.IndexOf(Classes, Class(box.Finding))},{reader.Name},{box.Box.X:0.#},{box.Box.Y:0.#},{box.Box.Right:0.#},{box.Box.Bottom:0.#}"));

    private static string Class(string finding) => ClassOf.TryGetValue(finding, out string? name) ? name : Classes.Contains(finding) ? finding : "Other lesion";

    // 32 hexadecimal digits that say nothing, as published.
    private static string Id(PhantomCase one) =>
        string.Concat(Enumerable.Range(0, 4).Select(part => Seed.Of(one.Seed, one.Patient, one.FollowUp, part).ToString("x8", CultureInfo.InvariantCulture)));
}
