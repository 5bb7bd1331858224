using CxrLab.Data;

namespace CxrLab.Phantom;

/// <summary>
/// The layout of COVIDx version 5 (Wang, Lin, Wong, Sci Rep 2020): lists <c>patient file class source</c>, images in <c>train/</c> and
/// <c>test/</c>. As there, source and class nearly coincide, and patient ids of one source hold a space.
/// </summary>
public sealed class CovidxLayout : PhantomLayout
{
    private const string Version = "COVIDx5";
    private const int Stream = -103;
    private const double TestShare = 0.2;

    /// <inheritdoc/>
    public override string Name => Covidx.Name;

    /// <inheritdoc/>
    public override string Title => "COVIDx: PNG, normal, pneumonia or COVID-19, several sources";

    internal override IReadOnlyList<PhantomCase> Cases(PhantomOptions options) => ClassCohort.Draw(options, (Finding.Pneumonia, 0.35), (Findings.Covid, 0.3));

    internal override string ImageName(PhantomCase one) => Source(one) switch
    {
        "sirm" => $"COVID({one.Patient})",
        "cohen" => $"covid-19-case-{one.Patient}",
        "actmed" => $"COVID-{one.Patient:D5}",
        _ => string.Concat(LayoutIds.Hex(one, 4)),
    };

    internal override void Save(string folder, PhantomOptions options, PhantomImage image, string name) =>
        LayoutFile.WritePng(Path.Combine(folder, Part(image.Case), name + ".png"), image);

    internal override void WriteTables(string folder, PhantomOptions options, IReadOnlyList<DrawnImage> images)
    {
        foreach (string part in new[] { "train", "test" })
            LayoutFile.WriteLines(Path.Combine(folder, "labels", $"{part}_{Version}.txt"), images.Where(image => Part(image.Case) == part).Select(Line));
    }

    private static string Line(DrawnImage image)
    {
        string patient = Source(image.Case) switch { "sirm" => $"COVID {image.Case.Patient}", "rsna" => image.Name, _ => $"{image.Case.Patient}" };
        string type = image.Label(Findings.Covid) == LabelState.Positive ? "COVID-19" : image.Label(Finding.Pneumonia) == LabelState.Positive ? "pneumonia" : "normal";
        return $"{patient} {image.Name}.png {type} {Source(image.Case)}";
    }

    // Normal and other pneumonia come from one source, COVID-19 from three others: what a model may learn instead of the disease.
    private static string Source(PhantomCase one) => !one.Has(Findings.Covid) ? "rsna"
        : (Seed.Of(one.Seed, one.Patient, Stream) % 3) switch { 0 => "sirm", 1 => "actmed", _ => "cohen" };

    private static string Part(PhantomCase one) => Seed.Of(one.Seed, one.Patient, Stream, 1) % 1000 < 1000 * TestShare ? "test" : "train";
}
