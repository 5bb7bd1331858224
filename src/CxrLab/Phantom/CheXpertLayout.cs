using System.Globalization;
using CxrLab.Data;

namespace CxrLab.Phantom;

/// <summary>
/// The layout of CheXpert-v1.0-small (Irvin et al., AAAI 2019): JPEG files by patient and study, <c>train.csv</c> with 1, 0, -1 and blank as
/// its labeler writes them, <c>valid.csv</c> with 1 and 0 as readers decide.
/// </summary>
public sealed class CheXpertLayout : PhantomLayout
{
    private const string Home = "CheXpert-v1.0-small";
    private const double ValidShare = 0.2;

    /// <inheritdoc/>
    public override string Name => CheXpert.Name;

    /// <inheritdoc/>
    public override string Title => "CheXpert: JPEG, frontal and lateral, 14 labels with doubt";

    /// <inheritdoc/>
    public override PhantomOptions Defaults => new() { Laterals = true, UncertaintyRate = 0.3, MissingRate = 0.5 };

    /// <inheritdoc/>
    public override bool HoldsSixteenBits => false;

    internal override string ImageName(PhantomCase one) => string.Create(CultureInfo.InvariantCulture,
        $"patient{one.Patient:D5}_study{one.FollowUp + 1}_{(one.View == View.Lateral ? "view2_lateral" : "view1_frontal")}");

    internal override void Save(string folder, PhantomOptions options, PhantomImage image, string name) =>
        LayoutFile.WriteBytes(Path.Combine(folder, Home, Part(options, image.Case.Patient), Place(name)), image.Image.ToJpeg());

    internal override void WriteTables(string folder, PhantomOptions options, IReadOnlyList<DrawnImage> images)
    {
        string header = "Path,Sex,Age,Frontal/Lateral,AP/PA," + string.Join(',', LabelSet.CheXpert14);
        foreach (string part in new[] { "train", "valid" })
        {
            IEnumerable<string> rows = images.Where(image => Part(options, image.Case.Patient) == part)
                .GroupBy(image => (image.Case.Patient, image.Case.FollowUp))
                .SelectMany(study => study.Select(image => Row(part, image, [.. study])));
            LayoutFile.WriteLines(Path.Combine(folder, Home, part + ".csv"), rows.Prepend(header));
        }
    }

    private static string Row(string part, DrawnImage image, IReadOnlyCollection<DrawnImage> study)
    {
        PhantomCase one = image.Case;
        bool lateral = one.View == View.Lateral;
        IEnumerable<string> labels = LabelSet.CheXpert14.Select(label => part == "train"
            ? CheXpertNames.Cell(CheXpertNames.State(label, study))
            : CheXpertNames.IsThere(label, study) ? "1.0" : "0.0");
        return string.Create(CultureInfo.InvariantCulture,
            $"{Home}/{part}/{Place(image.Name)},{one.Sex},{one.Age},{(lateral ? "Lateral" : "Frontal")},{(lateral ? "" : one.View)},{string.Join(',', labels)}");
    }

    // Known before the cohort is drawn, so that an image can be saved at once.
    private static string Part(PhantomOptions options, int patient) => Seed.Of(options.Seed, patient, Streams.Split) % 1000 < 1000 * ValidShare ? "valid" : "train";

    // patient00001_study1_view1_frontal → patient00001/study1/view1_frontal.jpg
    private static string Place(string name)
    {
        string[] parts = name.Split('_', 3);
        return $"{parts[0]}/{parts[1]}/{parts[2]}.jpg";
    }
}
