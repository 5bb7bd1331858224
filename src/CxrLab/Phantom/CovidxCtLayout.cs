using System.Globalization;
using System.Text.Json;
using CxrLab.Data;
using CxrLab.Imaging;

namespace CxrLab.Phantom;

/// <summary>
/// The layout of COVIDx-CT version 2 (Gunraj et al.): axial slices <c>2A_images/*.png</c> and lists <c>file class xmin ymin xmax ymax</c> with
/// the body's box in the space of a 512-pixel slice. A slice's class says what that slice shows, so slices of a sick patient that miss
/// the lesion are of class 0. Count is the number of scans.
/// </summary>
public sealed class CovidxCtLayout : PhantomLayout
{
    private const string Version = "COVIDx_CT-2A";
    private const double BoxSide = 512;
    private const float Air = 0.4f; // -440 HU in the slices' lung window: half way from air to tissue

    private static readonly string[] Classes = ["Normal", Finding.Pneumonia, Findings.Covid];

    /// <inheritdoc/>
    public override string Name => CovidxCt.Name;

    /// <inheritdoc/>
    public override string Title => "COVIDx-CT: axial slices, normal, pneumonia or COVID-19";

    /// <inheritdoc/>
    public override PhantomOptions Defaults => new() { Count = 8 };

    internal override void Fill(string folder, PhantomOptions options, IProgress<int>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<PhantomCase> cases = Cases(options);
        var scans = new Slice[cases.Count][];
        int done = 0;
        LayoutDrawing.ForEach(cases.Count, options, k =>
        {
            scans[k] = [.. Draw(folder, options, cases[k])];
            progress?.Report(Interlocked.Increment(ref done));
        }, cancellation);
        foreach (string part in new[] { "train", "val", "test" })
            LayoutFile.WriteLines(Path.Combine(folder, $"{part}_{Version}.txt"), scans.SelectMany((scan, k) => scan.Where(_ => Part(k) == part)).Select(slice => slice.Line));
        PhantomTruth.Write(folder, Name, options, json =>
        {
            foreach (Slice slice in scans.SelectMany(scan => scan)) WriteTruth(json, slice);
        });
    }

    internal override IReadOnlyList<PhantomCase> Cases(PhantomOptions options) => ClassCohort.Draw(options, (Finding.Pneumonia, 0.3), (Findings.Covid, 0.4));

    internal override string ImageName(PhantomCase one) => $"{(one.Has(Findings.Covid) ? "NCP" : one.Has(Finding.Pneumonia) ? "CP" : "Normal")}_{one.Patient}_{1000 + one.Patient}";

    internal override void Save(string folder, PhantomOptions options, PhantomImage image, string name) => throw new NotSupportedException("A scan is saved slice by slice.");

    internal override void WriteTables(string folder, PhantomOptions options, IReadOnlyList<DrawnImage> images) => throw new NotSupportedException("A scan's list is written with its slices.");

    private IEnumerable<Slice> Draw(string folder, PhantomOptions options, PhantomCase one)
    {
        PhantomStack stack = ChestSlices.Render(one, options.Size, options.Difficulty, bitDepth: options.BitDepth);
        for (int k = 0; k < stack.Slices.Count; k++)
        {
            PhantomSlice slice = stack.Slices[k];
            string name = string.Create(CultureInfo.InvariantCulture, $"{ImageName(one)}_{k:D4}");
            LayoutFile.WriteBytes(Path.Combine(folder, "2A_images", name + ".png"), slice.Image.ToPng(options.BitDepth == 8 ? 8 : 16));
            string[] masks = [.. slice.Lesions.Keys.Order(StringComparer.Ordinal)];
            foreach (string finding in masks) LayoutFile.WritePng(Path.Combine(folder, PhantomFolder.Truth, "masks", DrawnImage.MaskName(name, finding)), slice.Lesions[finding].ToImage());
            LayoutFile.WritePng(Path.Combine(folder, PhantomFolder.Truth, "masks", DrawnImage.MaskName(name, "lungs")), slice.Lungs.ToImage());
            int type = Math.Max(0, Array.FindIndex(Classes, finding => slice.Lesions.ContainsKey(finding)));
            (int left, int top, int right, int bottom) = Body(slice.Image);
            yield return new Slice(one, name, slice.Position, stack.SpacingMm, stack.MmPerPixel, masks, $"{name}.png {type} {left} {top} {right} {bottom}");
        }
    }

    private static void WriteTruth(Utf8JsonWriter json, Slice slice)
    {
        json.WriteStartObject();
        json.WriteString("image", slice.Name);
        PhantomTruth.Case(json, slice.Case);
        json.WriteNumber("position", Math.Round(slice.Position, 3));
        json.WriteNumber("sliceSpacing", Math.Round(slice.Spacing, 3));
        json.WriteNumber("pixelSpacing", Math.Round(slice.MmPerPixel, 4));
        json.WriteNumber("geographicExtent", 0); // scores are for films
        json.WriteNumber("opacityExtent", 0);
        json.WriteStartArray("findings");
        foreach (string finding in slice.Findings)
        {
            json.WriteStartObject();
            json.WriteString("finding", finding);
            json.WriteNumber("severity", slice.Case.Findings.First(planned => planned.Name == finding).Severity);
            json.WriteString("mask", $"masks/{DrawnImage.MaskName(slice.Name, finding)}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Corners of the smallest box around everything denser than half air.
    private static (int Left, int Top, int Right, int Bottom) Body(GrayImage image)
    {
        int[] inside = [.. Enumerable.Range(0, image.Pixels.Length).Where(i => image.Pixels[i] > Air)];
        if (inside.Length == 0) return (0, 0, (int)BoxSide, (int)BoxSide);
        int Scaled(double edge) => (int)Math.Round(edge * BoxSide / image.Width);
        return (Scaled(inside.Min(i => i % image.Width)), Scaled(inside.Min(i => i / image.Width)), Scaled(inside.Max(i => i % image.Width) + 1), Scaled(inside.Max(i => i / image.Width) + 1));
    }

    // One scan a patient; every fifth is for testing, the one before for validation.
    private static string Part(int k) => (k % 5) switch { 4 => "test", 3 => "val", _ => "train" };

    private sealed record Slice(PhantomCase Case, string Name, double Position, double Spacing, double MmPerPixel, IReadOnlyList<string> Findings, string Line);
}
