using System.Globalization;

namespace CxrLab.Phantom;

/// <summary>
/// The layout of NIH ChestX-ray14 (Wang et al., CVPR 2017): <c>images/*.png</c>, <c>Data_Entry_2017_v2020.csv</c>, boxes in the space of a
/// 1024-pixel image, and the lists of the official split. Its labels hold no doubt: what is uncertain or missing isn't listed.
/// </summary>
public sealed class NihLayout : PhantomLayout
{
    /// <summary>Side of the image in whose pixels the boxes are measured, whatever the size of the images.</summary>
    private const double BoxSide = 1024;

    /// <summary>Share of images in <c>test_list.txt</c>.</summary>
    private const double TestShare = 0.2;

    /// <inheritdoc/>
    public override string Name => "nih";

    /// <inheritdoc/>
    public override string Title => "NIH ChestX-ray14: PNG, one table, boxes";

    // Frontal films only.
    internal override IReadOnlyList<PhantomCase> Cases(PhantomOptions options) => PhantomCohort.Draw(options with { Laterals = false });

    internal override string ImageName(PhantomCase one) => Path.GetFileNameWithoutExtension(one.ImageId);

    internal override void Save(string folder, PhantomOptions options, PhantomImage image, string name) =>
        LayoutFile.WritePng(Path.Combine(folder, "images", name + ".png"), image);

    internal override void WriteTables(string folder, PhantomOptions options, IReadOnlyList<DrawnImage> images)
    {
        LayoutFile.WriteLines(Path.Combine(folder, "Data_Entry_2017_v2020.csv"), Table(images));
        LayoutFile.WriteLines(Path.Combine(folder, "BBox_List_2017.csv"), Boxes(images));
        HashSet<int> test = LayoutSplit.Patients(options.Seed, images.Select(image => image.Case), TestShare);
        LayoutFile.WriteLines(Path.Combine(folder, "train_val_list.txt"), images.Where(image => !test.Contains(image.Case.Patient)).Select(image => image.Name + ".png"));
        LayoutFile.WriteLines(Path.Combine(folder, "test_list.txt"), images.Where(image => test.Contains(image.Case.Patient)).Select(image => image.Name + ".png"));
    }

    private static IEnumerable<string> Table(IEnumerable<DrawnImage> images) => images
        .Select(image => string.Create(CultureInfo.InvariantCulture,
            $"{image.Name}.png,{Labels(image)},{image.Case.FollowUp},{image.Case.Patient},{image.Case.Age},{LayoutIds.Letter(image.Case.Sex)},{image.Case.View},{image.Size},{image.Size},{image.MmPerPixel:0.000},{image.MmPerPixel:0.000}"))
        .Prepend("Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y]");

    private static string Labels(DrawnImage image)
    {
        string[] names = [.. LabelSet.Nih14.Where(finding => image.Label(finding) == LabelState.Positive)];
        return names.Length == 0 ? Finding.NoFinding : string.Join('|', names);
    }

    private static IEnumerable<string> Boxes(IEnumerable<DrawnImage> images) => images
        .SelectMany(image => image.Findings.Where(finding => LabelSet.Nih14.Contains(finding.Name)).Select(finding =>
        {
            Box box = finding.Box.Scale(BoxSide / image.Size, BoxSide / image.Size);
            string name = finding.Name == Finding.Infiltration ? "Infiltrate" : finding.Name;
            return string.Create(CultureInfo.InvariantCulture, $"{image.Name}.png,{name},{box.X:0.###},{box.Y:0.###},{box.Width:0.###},{box.Height:0.###}");
        }))
        .Prepend("Image Index,Finding Label,Bbox [x,y,w,h],,,");
}
