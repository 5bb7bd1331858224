using System.Text.RegularExpressions;
using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>What Montgomery, Shenzhen and Kaggle's mix of both share: <c>CXR_png</c>, <c>ClinicalReadings</c>, and a label in the file's name.</summary>
internal sealed partial class TuberculosisFolder
{
    private readonly Dictionary<string, string> images, readings;
    private int unread, unclear;

    internal TuberculosisFolder(string root, string? table)
    {
        if (table is not null) throw new DataFormatException(root, null, $"this data set has no table, so '{table}' can't be chosen; labels stand in the images' names.");
        images = DataFolder.Files([Path.Combine(root, "CXR_png")], ".png");
        readings = DataFolder.Files([Path.Combine(root, "ClinicalReadings")], ".txt");
        if (images.Count + readings.Count == 0) throw new DataFormatException(root, null, "neither CXR_png/*.png nor ClinicalReadings/*.txt is here; name the folder that holds both.");
        Root = root;
    }

    internal static LabelSet Labels { get; } = new("Tuberculosis");

    internal string Root { get; }

    /// <param name="source">Name of the data set.</param>
    /// <param name="rule">Whether a reading without image makes a record.</param>
    /// <param name="masks">Image name without extension → masks.</param>
    internal List<CxrRecord> Records(string source, ImageRule rule, Func<string, IReadOnlyList<MaskFile>> masks)
    {
        var vectors = new LabelVectors(1);
        var records = new List<CxrRecord>();
        foreach (string name in images.Keys.Concat(readings.Keys).Select(file => Path.GetFileNameWithoutExtension(file)!).Distinct().Order(StringComparer.Ordinal))
        {
            string? path = images.GetValueOrDefault(name + ".png"), reading = readings.GetValueOrDefault(name + ".txt");
            Match match = FileName().Match(name);
            if (!match.Success) throw new DataFormatException(path ?? reading!, null, "its name must read MCUCXR_0001_0 or CHNCXR_0001_0 with a last digit 0 (normal) or 1 (tuberculosis); move other files away.");
            if (path is null && rule == ImageRule.Required) continue;
            (Sex sex, double? age) = reading is null ? default : ClinicalReading.Read(reading);
            if (reading is null) unread++;
            else if (age is null || sex == Sex.Unknown) unclear++;
            records.Add(new CxrRecord
            {
                ImageId = name + ".png",
                PatientId = match.Groups[1].Value,
                ImagePath = path,
                Labels = match.Groups[3].Value == "1" ? vectors.Positive(0) : vectors.Positive(),
                Age = age,
                Sex = sex,
                ReportPath = reading,
                Masks = masks(name),
                Origin = match.Groups[2].Value == "MCUCXR" ? Montgomery.Name : Shenzhen.Name,
                Source = source,
            });
        }

        DataFolder.RequireSome(records, Root, "CXR_png/");
        return records;
    }

    internal IEnumerable<string> Notes(IReadOnlyCollection<CxrRecord> records)
    {
        yield return Invariant($"{images.Count:N0} images, {readings.Count:N0} clinical readings; the label is the last digit of the name, one image per patient");
        int without = readings.Keys.Count(file => !images.ContainsKey(Path.GetFileNameWithoutExtension(file) + ".png"));
        if (without > 0) yield return Invariant($"{without:N0} readings have no image here");
        if (unread > 0) yield return Invariant($"{unread:N0} images have no reading");
        if (unclear > 0) yield return Invariant($"{unclear:N0} readings give no clear age or sex, which count as unknown");
        yield return Invariant($"{records.Count(record => record.Masks.Count > 0):N0} records have a lung mask, {records.Count(record => record.Masks.Count == 0):N0} have none");
    }

    [GeneratedRegex(@"^((MCUCXR|CHNCXR)_\d+)_([01])$", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
