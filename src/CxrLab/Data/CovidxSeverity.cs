using System.Globalization;
using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>
/// COVIDx-S: extent and opacity of COVID-19 as means of three readers, 0 to 8 each (Wong et al., Sci Rep 2021, 10.1038/s41598-021-88538-4).
/// 459 of the table's 479 rows are scored; the others stay, without <see cref="CxrRecord.Severity"/>.
/// </summary>
public static class CovidxSeverity
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "covidx-s";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "COVIDx-S: 459 X-rays scored for extent and opacity of COVID-19", Read)
    {
        Citation = "Wong A, et al. COVIDNet-S. Sci Rep 2021. doi 10.1038/s41598-021-88538-4.",
        Home = "https://github.com/lindawangg/COVID-Net",
        Terms = "table under AGPL-3.0; each source of images has its own terms",
        Size = "479 rows",
    };

    /// <param name="root">Folder of <c>annotations/severity_annotations.csv</c> or of the table; images in <c>images/</c>, <c>train/</c>, <c>test/</c> or the root.</param>
    /// <param name="images">Whether a row needs its image.</param>
    /// <param name="table">Another table, absolute or relative to <paramref name="root"/>; plain or gzipped.</param>
    /// <exception cref="DataFormatException">Table or images aren't as published; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        DataFolder.Open(root, "annotations/severity_annotations.csv");
        string file = table is not null ? Path.Combine(root, table) : DataFolder.Find(root, "annotations/severity_annotations.csv", "severity_annotations.csv")
            ?? throw new DataFormatException(root, null, "expected annotations/severity_annotations.csv here, or the table itself.");
        Dictionary<string, string> paths = DataFolder.Files(new[] { "images", "train", "test", "" }.Select(folder => Path.Combine(root, folder)), ".png", ".jpg", ".jpeg");
        CxrRecord[] all = [.. Rows(file, paths)];
        CxrRecord[] once = [.. all.DistinctBy(record => record.ImageId)];
        CxrRecord[] kept = [.. once.Where(record => images == ImageRule.Optional || record.ImagePath is not null)];
        DataFolder.RequireSome(kept, root, "images/, train/ or test/");
        int scored = all.Count(record => record.Severity is not null), without = once.Count(record => record.ImagePath is null);
        List<string> notes = [Invariant($"table {Path.GetFileName(file)}: {all.Length:N0} rows, {scored:N0} scored, {all.Length - scored:N0} without scores")];
        if (once.Length < all.Length) notes.Add(Invariant($"{all.Length - once.Length:N0} rows repeat an image and are left out; the first stays"));
        if (without > 0) notes.Add(Invariant($"{without:N0} rows have no image here"));
        return new CxrIndex(Name, new LabelSet(CovidLabels.Covid), kept, notes);
    }

    private static IEnumerable<CxrRecord> Rows(string file, Dictionary<string, string> paths)
    {
        using CsvTable table = CsvTable.Open(file);
        int name = table.Column("filename"), extent = table.Column("Geographic"), opacity = table.Column("Opacity"), patient = table.Column("patientid"),
            origin = table.Column("dataset"), age = table.Column("age"), sex = table.Column("sex"), view = table.Column("view"), finding = table.Column("finding");
        while (table.Read())
        {
            string image = table.Text(name);
            if (image.Length == 0) throw table.Error("the file name is blank.");
            double? geographic = Score(table, extent), dense = Score(table, opacity);
            if (geographic is null != dense is null) throw table.Error("only one of Geographic and Opacity is given; expected both or none.");
            yield return new CxrRecord
            {
                ImageId = image,
                PatientId = table.Text(patient) is { Length: > 0 } named ? named : image,
                ImagePath = paths.GetValueOrDefault(image),
                Labels = [State(table.Text(finding))],
                Severity = geographic is { } g && dense is { } o ? new SeverityScore(g, o) : null,
                Age = double.TryParse(table.Text(age), NumberStyles.Float, CultureInfo.InvariantCulture, out double years) && years is >= 0 and <= 120 ? years : null,
                Sex = table.Text(sex) switch { "F" => Sex.Female, "M" => Sex.Male, _ => Sex.Unknown },
                View = View(table.Text(view)),
                Origin = table.Text(origin) is { Length: > 0 } source ? source : null,
                Source = Name,
            };
        }
    }

    private static double? Score(CsvTable table, int column)
    {
        if (table.Text(column).Length == 0) return null;
        return double.TryParse(table.Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double score) && score is >= 0 and <= 8
            ? score
            : throw table.Error($"score '{table.Text(column)}' isn't a number from 0 to 8.");
    }

    private static LabelState State(string finding) => finding.Length == 0 ? LabelState.Missing
        : finding.Contains(CovidLabels.Covid, StringComparison.OrdinalIgnoreCase) ? LabelState.Positive : LabelState.Negative;

    private static View View(string text) => text switch
    {
        "" => CxrLab.View.Unknown,
        "PA" => CxrLab.View.PA,
        "L" => CxrLab.View.Lateral,
        _ => text.StartsWith("AP", StringComparison.Ordinal) ? CxrLab.View.AP : CxrLab.View.Other,
    };
}
