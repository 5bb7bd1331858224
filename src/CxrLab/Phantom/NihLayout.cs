using System.Globalization;
using System.Text.Json;

namespace CxrLab.Phantom;

/// <summary>
/// A synthetic collection in the layout of NIH ChestX-ray14 (Wang et al., CVPR 2017), with the exact masks and severities that this
/// layout can't hold in a folder <c>truth</c> beside it.
/// </summary>
public static class NihLayout
{
    /// <summary>Side of the image in whose pixels the boxes are measured, whatever the size of the images.</summary>
    private const double BoxSide = 1024;

    /// <summary>Share of images in <c>test_list.txt</c>.</summary>
    private const double TestShare = 0.2;

    private const string Truth = PhantomFolder.Truth;

    /// <summary>
    /// Draws a collection into a temporary folder beside <paramref name="root"/> and moves it there when it is complete.
    /// </summary>
    /// <param name="root">New or empty folder; a full one only if it holds a phantom and the options allow it to be overwritten.</param>
    /// <param name="options">What to draw.</param>
    /// <param name="progress">Told how many images are done.</param>
    /// <param name="cancellationToken">Cancelling leaves nothing behind.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The folder holds something that may not be replaced.</exception>
    public static void Write(string root, PhantomOptions options, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<PhantomCase> cases = PhantomCohort.Draw(options);
        PhantomFolder.Write(root, options.Overwrite, folder => WriteAll(folder, options, cases, progress, cancellationToken), cancellationToken);
    }

    private static void WriteAll(string folder, PhantomOptions options, IReadOnlyList<PhantomCase> cases, IProgress<int>? progress, CancellationToken cancellation)
    {
        string images = Directory.CreateDirectory(Path.Combine(folder, "images")).FullName;
        string masks = Directory.CreateDirectory(Path.Combine(folder, Truth, "masks")).FullName;
        var known = new Known[cases.Count];
        int done = 0;
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = options.Workers == 0 ? Environment.ProcessorCount : options.Workers,
        };
        Parallel.For(0, cases.Count, parallel, k =>
        {
            PhantomImage image = ChestPhantom.Render(cases[k], options.Size, options.Difficulty);
            image.Image.WritePng(Path.Combine(images, cases[k].ImageId));
            known[k] = new(cases[k], image);
            foreach (var finding in known[k].Findings) finding.Mask.ToImage().WritePng(Path.Combine(masks, known[k].MaskName(finding.Name)));
            known[k].Forget();
            progress?.Report(Interlocked.Increment(ref done));
        });

        PhantomFolder.WriteLines(Path.Combine(folder, "Data_Entry_2017_v2020.csv"), Table(known, options.Size));
        PhantomFolder.WriteLines(Path.Combine(folder, "BBox_List_2017.csv"), Boxes(known, options.Size));
        HashSet<int> test = TestPatients(options.Seed, cases);
        PhantomFolder.WriteLines(Path.Combine(folder, "train_val_list.txt"), cases.Where(c => !test.Contains(c.Patient)).Select(c => c.ImageId));
        PhantomFolder.WriteLines(Path.Combine(folder, "test_list.txt"), cases.Where(c => test.Contains(c.Patient)).Select(c => c.ImageId));
        WriteTruth(Path.Combine(folder, Truth, PhantomFolder.TruthFile), options, known);
    }

    private static IEnumerable<string> Table(IEnumerable<Known> images, int size) => images
        .Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{i.Case.ImageId},{i.Labels},{i.Case.FollowUp},{i.Case.Patient},{i.Case.Age},{(i.Case.Sex == Sex.Female ? 'F' : 'M')},{i.Case.View},{size},{size},{i.MmPerPixel:0.000},{i.MmPerPixel:0.000}"))
        .Prepend("Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y]");

    private static IEnumerable<string> Boxes(IEnumerable<Known> images, int size) => images
        .SelectMany(i => i.Boxes.Select(f =>
        {
            Box box = f.Box.Scale(BoxSide / size, BoxSide / size);
            string name = f.Name == Finding.Infiltration ? "Infiltrate" : f.Name;
            return string.Create(CultureInfo.InvariantCulture, $"{i.Case.ImageId},{name},{box.X:0.###},{box.Y:0.###},{box.Width:0.###},{box.Height:0.###}");
        }))
        .Prepend("Image Index,Finding Label,Bbox [x,y,w,h],,,");

    // In shuffled order, as many patients as fill the share of images.
    private static HashSet<int> TestPatients(int seed, IReadOnlyList<PhantomCase> cases)
    {
        var test = new HashSet<int>();
        int images = 0;
        foreach (var patient in cases.GroupBy(c => c.Patient).OrderBy(p => Seed.Of(seed, p.Key, Streams.Split)).ThenBy(p => p.Key))
        {
            if (images >= TestShare * cases.Count) break;
            test.Add(patient.Key);
            images += patient.Count();
        }

        return test;
    }

    private static void WriteTruth(string path, PhantomOptions options, IEnumerable<Known> images)
    {
        using FileStream file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteNumber("version", ChestPhantom.Version);
        json.WriteNumber("seed", options.Seed);
        json.WriteNumber("count", options.Count);
        json.WriteNumber("size", options.Size);
        json.WriteNumber("difficulty", options.Difficulty);
        json.WriteStartArray("images");
        foreach (Known image in images)
        {
            json.WriteStartObject();
            json.WriteString("image", image.Case.ImageId);
            if (!double.IsNaN(image.CardiothoracicRatio)) json.WriteNumber("cardiothoracicRatio", Math.Round(image.CardiothoracicRatio, 3));
            json.WriteStartArray("findings");
            foreach (var (name, severity, box) in image.Boxes)
            {
                json.WriteStartObject();
                json.WriteString("finding", name);
                json.WriteNumber("severity", severity);
                json.WriteString("mask", $"masks/{image.MaskName(name)}");
                // Pixels of this collection's images: x, y, width, height.
                json.WriteStartArray("box");
                foreach (double side in (double[])[box.X, box.Y, box.Width, box.Height]) json.WriteNumberValue(side);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        file.WriteByte((byte)'\n');
    }

    /// <summary>What the tables need of an image once its pixels are written.</summary>
    private sealed class Known(PhantomCase phantomCase, PhantomImage image)
    {
        private PhantomImage? image = image;

        public PhantomCase Case { get; } = phantomCase;

        public double MmPerPixel { get; } = image.MmPerPixel;

        public double CardiothoracicRatio { get; } = image.CardiothoracicRatio;

        public IReadOnlyList<(string Name, double Severity, Box Box)> Boxes { get; } = [.. image.Findings.Where(IsVisible).Select(f => (f.Name, f.Severity, f.Box))];

        public IEnumerable<PlantedFinding> Findings => image!.Findings.Where(IsVisible);

        public string Labels => Boxes.Count == 0 ? Finding.NoFinding : string.Join('|', Boxes.Select(b => b.Name));

        public string MaskName(string finding) => $"{Path.GetFileNameWithoutExtension(Case.ImageId)}_{finding}.png";

        /// <summary>Lets the pixels go.</summary>
        public void Forget() => image = null;

        // A lesion that fell outside the picture can't be labelled.
        private static bool IsVisible(PlantedFinding finding) => finding.Mask.Area > 0;
    }
}
