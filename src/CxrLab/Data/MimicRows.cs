using System.Globalization;

namespace CxrLab.Data;

/// <summary>Joins the tables of MIMIC-CXR: one record per image, with what is known of its study.</summary>
internal sealed class MimicRows(string root, ImageRule images, StringPool pool, MimicLabels labels)
{
    private readonly MimicFiles files = new(root);
    private int withoutPart;
    private bool hasParts;

    internal RecordList List { get; } = new(images);

    internal void Read(string file, MimicSplit parts)
    {
        hasParts = !parts.IsEmpty;
        using CsvTable table = CsvTable.Open(file, pool);
        int dicom = table.Column("dicom_id"), subject = table.Column("subject_id"), studyId = table.Column("study_id");
        bool hasView = table.TryColumn("ViewPosition", out int view);
        List.Begin(table);
        while (table.Read())
        {
            string patient = Id(table, subject, "subject_id"), study = Id(table, studyId, "study_id");
            bool listed = parts.TryGet(table.Span(dicom), out string? image, out string? part);
            image ??= table.Span(dicom).ToString();
            string? path = files.Image(image);
            if (!List.Wants(table, image, path)) continue;
            IReadOnlyList<LabelState> states = labels.Of(table, study, patient, out bool labelled);
            if (!listed) withoutPart++;
            List.Add(table, new CxrRecord
            {
                ImageId = image,
                PatientId = patient,
                StudyId = study,
                ImagePath = path,
                Labels = states,
                View = hasView ? ViewOf(table.Span(view)) : View.Unknown,
                ReportPath = files.Report(study),
                LabelMethod = labelled ? labels.Method : null,
                PublishedPart = part,
                Source = MimicCxr.Name,
            });
        }
    }

    private static string Id(CsvTable table, int column, string name)
    {
        string id = table.Text(column);
        return id.Length > 0 ? id : throw table.Error($"{name} is blank; every image belongs to a patient and a study.");
    }

    // Frontal are AP and PA; LL is a left lateral. What remains, such as LAO, AP AXIAL or XTABLE LATERAL, is rare.
    private static View ViewOf(ReadOnlySpan<char> position) => position.Trim() switch
    {
        "AP" => View.AP,
        "PA" => View.PA,
        "LATERAL" or "LL" => View.Lateral,
        "" => View.Unknown,
        _ => View.Other,
    };

    /// <summary>What is worth saying of labels, parts, studies and reports.</summary>
    internal IEnumerable<string> Notes(string? studyList)
    {
        yield return labels.Method is null
            ? "no label table here; all labels are missing (DICOM releases have none, take them from MIMIC-CXR-JPG)"
            : string.Create(CultureInfo.InvariantCulture, $"labels by {labels.Method}: {labels.Count:N0} studies; {labels.Used + labels.Unlabelled:N0} studies have images here, of which {labels.Unlabelled:N0} have no labels");
        if (withoutPart > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{withoutPart:N0} images have no published part{(!hasParts ? "; there is no split table" : "")}");
        if (studyList is not null) yield return StudyListNote(studyList);
        yield return string.Create(CultureInfo.InvariantCulture, $"{files.ReportCount:N0} report files found");
    }

    private string StudyListNote(string file)
    {
        using CsvTable table = CsvTable.Open(file, pool);
        int study = table.Column("study_id"), listed = 0, here = 0;
        while (table.Read())
        {
            listed++;
            if (labels.WasUsed(table.Text(study))) here++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"table {Path.GetFileName(file)}: {listed:N0} studies, {here:N0} of them have images here");
    }
}
