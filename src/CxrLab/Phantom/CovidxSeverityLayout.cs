using System.Globalization;
using CxrLab.Data;

namespace CxrLab.Phantom;

/// <summary>
/// The layout of COVIDx-S (Wong et al., Sci Rep 2021): films of COVID-19 with scores of geographic and opacity extent, 0 to 8, exactly as
/// planted. One row in 24 has no scores, as 20 of 479 there.
/// </summary>
public sealed class CovidxSeverityLayout : PhantomLayout
{
    /// <inheritdoc/>
    public override string Name => CovidxSeverity.Name;

    /// <inheritdoc/>
    public override string Title => "COVIDx-S: PNG, extent and opacity of COVID-19";

    internal override IReadOnlyList<PhantomCase> Cases(PhantomOptions options) => ClassCohort.Draw(options, (Findings.Covid, 0.9));

    internal override string ImageName(PhantomCase one) => $"covid-severity-{one.Patient:D4}";

    internal override void Save(string folder, PhantomOptions options, PhantomImage image, string name) =>
        LayoutFile.WritePng(Path.Combine(folder, "images", name + ".png"), image);

    internal override void WriteTables(string folder, PhantomOptions options, IReadOnlyList<DrawnImage> images) => LayoutFile.WriteLines(
        Path.Combine(folder, "annotations", "severity_annotations.csv"),
        images.Select(Row).Prepend("filename,Geographic,Opacity,Sum,Product,patientid,dataset,age,sex,view,location,finding"));

    private static string Row(DrawnImage image)
    {
        PhantomCase one = image.Case;
        (int g, int o) = (image.GeographicExtent, image.OpacityExtent);
        string scores = one.Patient % 24 == 0 ? ",,," : string.Create(CultureInfo.InvariantCulture, $"{g}.0,{o}.0,{g + o}.0,{g * o}.0");
        string source = (one.Patient % 8) switch { 0 => "actmed", 1 => "fig1", _ => "cohen" };
        return string.Create(CultureInfo.InvariantCulture,
            $"{image.Name}.png,{scores},{one.Patient},{source},{one.Age},{LayoutIds.Letter(one.Sex)},{one.View},,{(image.Label(Findings.Covid) == LabelState.Positive ? CovidLabels.Covid : "No Finding")}");
    }
}
