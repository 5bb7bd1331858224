using System.Globalization;

namespace CxrLab.Data;

/// <summary>The rows of PadChest's table of 36 columns, found by name.</summary>
internal sealed class PadChestRows(string root, ImageRule images)
{
    private const int OldestPossible = 120;

    private readonly PadChestImages files = new(root);
    private readonly RecordList list = new(images);
    private readonly PadChestLabels labels = new();
    private readonly SortedDictionary<string, int> oddViews = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private int unknownAges, inverted, repeated;

    internal void Read(string file)
    {
        using CsvTable table = CsvTable.Open(file);
        int image = table.Column("ImageID"), patient = table.Column("PatientID"), study = table.Column("StudyID"), date = table.Column("StudyDate_DICOM"),
            birth = table.Column("PatientBirth"), sex = table.Column("PatientSex_DICOM"), projection = table.Column("Projection"),
            photometric = table.Column("PhotometricInterpretation_DICOM"), report = table.Column("Report"), method = table.Column("MethodLabel"), found = table.Column("Labels");
        list.Begin(table);
        while (table.Read())
        {
            string name = table.Text(image);
            // The published numbers of images differ by a few: a name that stands again is counted and left out, not an error.
            if (!seen.Add(name) && name.Length > 0)
            {
                repeated++;
                continue;
            }

            string? path = files.Whole(name);
            if (!list.Wants(table, name, path)) continue;
            if (table.Text(patient).Length == 0) throw table.Error("PatientID is blank; without it a split can't keep patients apart.");
            bool invert = table.Text(photometric) == "MONOCHROME1";
            if (invert) inverted++;
            list.Add(table, new CxrRecord
            {
                ImageId = name,
                PatientId = table.Text(patient),
                StudyId = table.Text(study),
                ImagePath = path,
                Labels = labels.Read(table, found),
                View = ViewOf(table.Text(projection)),
                Age = AgeOf(table.Text(date), table.Text(birth)),
                Sex = table.Text(sex) switch { "F" => Sex.Female, "M" => Sex.Male, _ => Sex.Unknown },
                ReportText = IsBlank(table.Text(report)) ? null : table.Text(report),
                Inverted = invert,
                LabelMethod = IsBlank(table.Text(method)) ? null : table.Text(method),
                Source = PadChest.Name,
            });
        }
    }

    internal CxrIndex ToIndex() => list.ToIndex(PadChest.Name, LabelSet.PadChest, root, Notes());

    private static bool IsBlank(string text) => text.AsSpan().Trim() is "" or "nan" or "NaN";

    // AP_horizontal is a lying patient, still front to back. COSTAL shows the ribs, EXCLUDE isn't usable: kept, so that a lecture
    // chooses, but neither PA nor AP.
    private View ViewOf(string projection)
    {
        switch (projection)
        {
            case "PA": return View.PA;
            case "AP": return View.AP;
            case "L": return View.Lateral;
        }

        if (IsBlank(projection)) return View.Unknown;
        oddViews[projection] = oddViews.GetValueOrDefault(projection) + 1;
        return projection == "AP_horizontal" ? View.AP : View.Other;
    }

    // Only the year of birth is published, as "1940.0": ages are right to a year.
    private double? AgeOf(string date, string birth)
    {
        if (date.Length >= 4 && int.TryParse(date.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            && double.TryParse(birth, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double born)
            && year - born is >= 0 and <= OldestPossible)
            return year - born;
        unknownAges++;
        return null;
    }

    private IEnumerable<string> Notes()
    {
        if (repeated > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{repeated:N0} rows name an image of an earlier row and are left out");
        if (files.Broken > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{files.Broken:N0} image files are empty or cut off and count as not there");
        if (labels.Blank > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{labels.Blank:N0} rows name no label; all their labels are missing");
        if (labels.Partial > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{labels.Partial:N0} rows say unchanged, exclude or suboptimal study; what they don't name is missing");
        if (labels.OtherTexts > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{labels.OtherTexts:N0} other label texts occur that aren't among the {LabelSet.PadChest.Count} columns");
        foreach ((string view, int count) in oddViews)
            yield return string.Create(CultureInfo.InvariantCulture, $"{count:N0} images have projection {view}; their view counts as {(view == "AP_horizontal" ? "AP" : "Other")}");
        if (inverted > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{inverted:N0} images are MONOCHROME1 and are inverted when read");
        if (unknownAges > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{unknownAges:N0} ages are unknown: birth year or study date is blank or impossible");
    }
}
