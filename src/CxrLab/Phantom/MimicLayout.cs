using System.Globalization;
using CxrLab.Data;

namespace CxrLab.Phantom;

/// <summary>
/// The layout of MIMIC-CXR (Johnson et al., Sci Data 2019): DICOM files and free-text reports by patient and study, with the tables of
/// MIMIC-CXR and of MIMIC-CXR-JPG beside them. Both label tables say the same: there is one made-up labeler.
/// </summary>
public sealed class MimicLayout : PhantomLayout
{
    private const int LineWidth = 78;

    /// <inheritdoc/>
    public override string Name => MimicCxr.Name;

    /// <inheritdoc/>
    public override string Title => "MIMIC-CXR: DICOM, reports, gzipped tables";

    /// <inheritdoc/>
    public override PhantomOptions Defaults => new() { BitDepth = 12, Laterals = true, UncertaintyRate = 0.15, MissingRate = 0.5 };

    /// <inheritdoc/>
    public override bool HoldsDicom => true;

    internal override string ImageName(PhantomCase one) => string.Join('-', LayoutIds.Hex(one, 5));

    internal override void Save(string folder, PhantomOptions options, PhantomImage image, string name) =>
        LayoutFile.WriteBytes(Path.Combine(folder, Place(image.Case), name + ".dcm"), LayoutDicom.Encode(image, Subject(image.Case), LayoutIds.Day(image.Case, 2110)));

    internal override void WriteTables(string folder, PhantomOptions options, IReadOnlyList<DrawnImage> images)
    {
        DrawnImage[][] studies = [.. images.GroupBy(image => (image.Case.Patient, image.Case.FollowUp)).Select(study => study.ToArray())];
        foreach (DrawnImage[] study in studies) LayoutFile.WriteLines(Path.Combine(folder, Place(study[0].Case) + ".txt"), Report(study));
        Table(folder, "cxr-record-list", "subject_id,study_id,dicom_id,path", images.Select(image => $"{Subject(image.Case)},{Study(image.Case)},{image.Name},{Place(image.Case)}/{image.Name}.dcm"));
        Table(folder, "cxr-study-list", "subject_id,study_id,path", studies.Select(study => $"{Subject(study[0].Case)},{Study(study[0].Case)},{Place(study[0].Case)}.txt"));
        foreach (string labeler in new[] { "chexpert", "negbio" })
            Table(folder, "mimic-cxr-2.0.0-" + labeler, "subject_id,study_id," + string.Join(',', LabelSet.Mimic14), studies.Select(study =>
                $"{Subject(study[0].Case)},{Study(study[0].Case)},{string.Join(',', LabelSet.Mimic14.Select(label => CheXpertNames.Cell(CheXpertNames.State(label, study))))}"));
        HashSet<int> test = LayoutSplit.Patients(options.Seed, images.Select(image => image.Case), 0.2);
        HashSet<int> validate = LayoutSplit.Patients(options.Seed, images.Select(image => image.Case).Where(one => !test.Contains(one.Patient)), 0.15);
        Table(folder, "mimic-cxr-2.0.0-split", "dicom_id,study_id,subject_id,split", images.Select(image =>
            $"{image.Name},{Study(image.Case)},{Subject(image.Case)},{(test.Contains(image.Case.Patient) ? "test" : validate.Contains(image.Case.Patient) ? "validate" : "train")}"));
        Table(folder, "mimic-cxr-2.0.0-metadata",
            "dicom_id,subject_id,study_id,PerformedProcedureStepDescription,ViewPosition,Rows,Columns,StudyDate,StudyTime,ProcedureCodeSequence_CodeMeaning,ViewCodeSequence_CodeMeaning,PatientOrientationCodeSequence_CodeMeaning",
            images.Select(Metadata));
    }

    private static string Metadata(DrawnImage image)
    {
        PhantomCase one = image.Case;
        (string position, string view) = one.View switch { View.Lateral => ("LL", "left lateral"), View.AP => ("AP", "antero-posterior"), _ => ("PA", "postero-anterior") };
        string procedure = one.View == View.AP ? "CHEST (PORTABLE AP)" : "CHEST (PA AND LAT)";
        return string.Create(CultureInfo.InvariantCulture,
            $"{image.Name},{Subject(one)},{Study(one)},{procedure},{position},{image.Size},{image.Size},{LayoutIds.Day(one, 2110):yyyyMMdd},{8 + one.Patient % 10}{7 * one.Patient % 60:00}{13 * one.Patient % 60:00}.0,{procedure},{view},Erect");
    }

    // As the files look: a centred title, headings after one blank, lines of at most 79 characters.
    private static IEnumerable<string> Report(DrawnImage[] study)
    {
        PhantomReport report = study[0].Report;
        yield return new string(' ', 33) + "FINAL REPORT";
        foreach ((string heading, string text) in new[] { ("EXAMINATION", report.Technique), ("INDICATION", report.Indication), ("COMPARISON", "None."), ("FINDINGS", report.Findings), ("IMPRESSION", report.Impression) })
        {
            if (heading is "FINDINGS" or "IMPRESSION")
            {
                yield return $" {heading}:";
                yield return " ";
                foreach (string line in Wrap(text)) yield return " " + line;
            }
            else
            {
                yield return $" {heading}:  {text}";
            }

            yield return " ";
        }
    }

    private static IEnumerable<string> Wrap(string text)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > LineWidth)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0) yield return line;
    }

    private static void Table(string folder, string name, string header, IEnumerable<string> rows) =>
        LayoutFile.WriteGzippedLines(Path.Combine(folder, name + ".csv.gz"), rows.Prepend(header));

    private static string Subject(PhantomCase one) => "1" + LayoutIds.Seven(one.Seed, 1, one.Patient);

    private static string Study(PhantomCase one) => "5" + LayoutIds.Seven(one.Seed, 2, 10L * one.Patient + one.FollowUp);

    // files/p10/p10000032/s50414267
    private static string Place(PhantomCase one) => $"files/p{Subject(one)[..2]}/p{Subject(one)}/s{Study(one)}";
}
