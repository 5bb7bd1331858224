using System.Globalization;
using CxrLab.Data;

namespace CxrLab.Phantom;

/// <summary>
/// The layout of PadChest (Bustos et al., MedIA 2020): 16-bit PNG files in numbered folders and one table of 36 columns whose labels are
/// Python lists. Every ninth image is MONOCHROME1, with white stored as 0. Reports are in English; columns of concept codes stay empty.
/// </summary>
public sealed class PadChestLayout : PhantomLayout
{
    private const int Folders = 5;

    private static readonly Dictionary<string, string> TextOf = new(StringComparer.Ordinal)
    {
        [Finding.Atelectasis] = "atelectasis",
        [Finding.Cardiomegaly] = "cardiomegaly",
        [Finding.Effusion] = "pleural effusion",
        [Finding.Infiltration] = "infiltrates",
        [Finding.Mass] = "mass",
        [Finding.Nodule] = "nodule",
        [Finding.Pneumonia] = "pneumonia",
        [Finding.Pneumothorax] = "pneumothorax",
        [Finding.Consolidation] = "consolidation",
        [Finding.Edema] = "pulmonary edema",
        [Finding.Emphysema] = "emphysema",
        [Finding.Fibrosis] = "pulmonary fibrosis",
        [Finding.PleuralThickening] = "pleural thickening",
        [Finding.Hernia] = "hiatal hernia",
        [Findings.Tuberculosis] = "tuberculosis",
        [Findings.Covid] = "atypical pneumonia",
    };

    /// <inheritdoc/>
    public override string Name => PadChest.Name;

    /// <inheritdoc/>
    public override string Title => "PadChest: 16-bit PNG, labels as Python lists";

    /// <inheritdoc/>
    public override PhantomOptions Defaults => new() { BitDepth = 16, Laterals = true };

    internal override string ImageName(PhantomCase one) => $"{Study(one)}_{LayoutIds.Seven(one.Seed, 4, 20L * one.Patient + 2 * one.FollowUp + (one.View == View.Lateral ? 1 : 0))}";

    internal override void Save(string folder, PhantomOptions options, PhantomImage image, string name) =>
        LayoutFile.WriteBytes(Path.Combine(folder, Folder(image.Case), name + ".png"), (Inverted(image.Case) ? image.Image.Invert() : image.Image).ToPng(image.BitDepth == 8 ? 8 : 16));

    internal override void WriteTables(string folder, PhantomOptions options, IReadOnlyList<DrawnImage> images) => LayoutFile.WriteLines(
        Path.Combine(folder, "PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv"),
        images.Select(Row).Prepend(",ImageID,ImageDir,StudyDate_DICOM,StudyID,PatientID,PatientBirth,PatientSex_DICOM,ViewPosition_DICOM,Projection,MethodProjection,Pediatric,"
            + "Modality_DICOM,Manufacturer_DICOM,PhotometricInterpretation_DICOM,PixelRepresentation_DICOM,PixelAspectRatio_DICOM,SpatialResolution_DICOM,BitsStored_DICOM,"
            + "WindowCenter_DICOM,WindowWidth_DICOM,Rows_DICOM,Columns_DICOM,XRayTubeCurrent_DICOM,Exposure_DICOM,ExposureInuAs_DICOM,ExposureTime,RelativeXRayExposure_DICOM,"
            + "ReportID,Report,MethodLabel,Labels,Localizations,LabelsLocalizationsBySentence,labelCUIS,LocalizationsCUIS"));

    private static string Row(DrawnImage image, int index)
    {
        PhantomCase one = image.Case;
        string projection = one.View == View.Lateral ? "L" : one.View == View.AP ? "AP_horizontal" : "PA", position = one.View == View.Lateral ? "LATERAL" : one.View == View.AP ? "ANTEROPOSTERIOR" : "POSTEROANTERIOR";
        string[] found = [.. image.Affirmed];
        string[] labels = found.Length == 0 ? ["normal"] : [.. found.Select(finding => TextOf[finding])];
        string[] places = [.. found.Select(finding => image.Findings.FirstOrDefault(planted => planted.Name == finding)?.Side).Select(Place).OfType<string>().Distinct()];
        string[] bySentence = [.. found.Select((finding, k) => List([labels[k], .. Place(image.Findings.FirstOrDefault(planted => planted.Name == finding)?.Side) is { } place ? [place] : Array.Empty<string>()]))];
        DateOnly day = LayoutIds.Day(one, 2008);
        string report = (image.Report.Findings + " " + image.Report.Impression).Replace("\"", "\"\"", StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture,
            $"{index},{image.Name}.png,{Folder(one)},{day:yyyyMMdd},{Study(one)},{LayoutIds.Seven(one.Seed, 5, one.Patient)},{day.Year - one.Age}.0,{LayoutIds.Letter(one.Sex)},{position},{projection},Manual review of DICOM fields,No,"
            + $"DX,Made up,{(Inverted(one) ? "MONOCHROME1" : "MONOCHROME2")},0,,{image.MmPerPixel:0.000},16,32768,65536,{image.Size},{image.Size},,,,,,"
            + $"{LayoutIds.Seven(one.Seed, 6, 10L * one.Patient + one.FollowUp)},\"{report}\",Physician,\"{List(labels)}\",\"{List(places)}\",\"[{string.Join(", ", found.Length == 0 ? ["['normal']"] : bySentence)}]\",,");
    }

    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(item => $"'{item}'"))}]";

    private static string? Place(BodySide? side) => side switch { BodySide.Right => "loc right", BodySide.Left => "loc left", BodySide.Both => "loc bilateral", _ => null };

    private static bool Inverted(PhantomCase one) => Seed.Of(one.Seed, one.Patient, one.FollowUp, (int)one.View) % 9 == 0;

    private static string Folder(PhantomCase one) => (one.Patient % Folders).ToString(CultureInfo.InvariantCulture);

    private static string Study(PhantomCase one) => $"1256{LayoutIds.Seven(one.Seed, 3, 10L * one.Patient + one.FollowUp)}0384261094317";
}
