using CxrLab.Imaging;

namespace CxrLab.Phantom;

/// <summary>
/// What the layouts of Montgomery, Shenzhen and Kaggle's mix of both share (Jaeger et al., QIMS 2014): <c>CXR_png</c>,
/// <c>ClinicalReadings</c>, one image a patient, and a label in the last digit of the name.
/// </summary>
public abstract class TuberculosisLayout : PhantomLayout
{
    // As in Montgomery: 58 of 138.
    private const double SickShare = 0.42;

    /// <summary>The folder that the archive unpacks to.</summary>
    internal abstract string Home { get; }

    /// <summary>Whether the image counts as one of Montgomery, by name and reading.</summary>
    internal abstract bool IsMontgomery(PhantomCase one);

    internal override IReadOnlyList<PhantomCase> Cases(PhantomOptions options) =>
        [.. ClassCohort.Draw(options, (Findings.Tuberculosis, SickShare)).Select(one => one with { View = View.PA })];

    internal override string ImageName(PhantomCase one) => $"{(IsMontgomery(one) ? "MCUCXR" : "CHNCXR")}_{one.Patient:D4}_{(IsSick(one) ? 1 : 0)}";

    internal override void Save(string folder, PhantomOptions options, PhantomImage image, string name)
    {
        string home = Path.Combine(folder, Home);
        LayoutFile.WritePng(Path.Combine(home, "CXR_png", name + ".png"), image);
        LayoutFile.WriteLines(Path.Combine(home, "ClinicalReadings", name + ".txt"), Reading(image.Case));
        SaveMasks(home, image, name);
    }

    /// <summary>Writes the lung masks that the layout holds itself.</summary>
    internal virtual void SaveMasks(string home, PhantomImage image, string name)
    {
    }

    internal override void WriteTables(string folder, PhantomOptions options, IReadOnlyList<DrawnImage> images)
    {
    }

    internal static GrayImage Lungs(PhantomImage image) => LayoutDrawing.Lungs(image).ToImage();

    private string[] Reading(PhantomCase one)
    {
        string words = IsSick(one) ? "infiltrates of the upper lobes, consistent with tuberculosis" : "normal";
        return IsMontgomery(one)
            ? [$"Patient's Sex: {LayoutIds.Letter(one.Sex)}", $"Patient's Age: {one.Age:D3}Y", words]
            : [$"{(one.Sex == Sex.Female ? "female" : "male")} {one.Age}yrs", words];
    }

    // The name is the label, so a planted fault stands in the name.
    private static bool IsSick(PhantomCase one)
    {
        bool present = one.Has(Findings.Tuberculosis);
        return (one.Faults.FirstOrDefault(fault => fault.Finding == Findings.Tuberculosis)?.Of(present) ?? (present ? LabelState.Positive : LabelState.Negative)) == LabelState.Positive;
    }
}
