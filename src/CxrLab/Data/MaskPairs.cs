using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>
/// X-rays with lung masks of your own: <c>pairs.csv</c> with the columns <c>image</c> and <c>patient</c>, the files in <c>images/</c> and, under the
/// same name, in <c>masks/</c>. The columns <c>mask</c> (another name), <c>finding</c> and <c>view</c> may stand there too.
/// </summary>
public static class MaskPairs
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "pairs";

    private const string FileName = "pairs.csv", NoFindingColumn = "Lungs";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "X-rays with lung masks of your own: pairs.csv, images/, masks/", Read)
    {
        Citation = "cite the source of your images and masks",
        Home = "made by you",
        Terms = "those of your images and masks",
        Size = "any",
    };

    /// <param name="root">Folder of the table, of <c>images/</c> and of <c>masks/</c>.</param>
    /// <param name="images">Whether a row needs its image.</param>
    /// <param name="table">Another table, relative to <paramref name="root"/>.</param>
    /// <returns>
    /// One record per row. The findings are those that the column <c>finding</c> names: a row's own is positive, all others are missing, because
    /// nobody said that they are absent.
    /// </returns>
    /// <exception cref="DataFormatException">The folder isn't as described; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        DataFolder.Open(root, "pairs.csv, images/ and masks/");
        string[] endings = [".png", ".jpg", ".jpeg"];
        Dictionary<string, string> xrays = DataFolder.Files([Path.Combine(root, "images")], endings), masks = DataFolder.Files([Path.Combine(root, "masks")], endings);
        string file = Path.Combine(root, table ?? FileName);
        string[] findings = Findings(file);
        LabelSet labels = new(findings.Length > 0 ? findings : [NoFindingColumn]);
        var records = new RecordList(images);
        var used = new HashSet<string>(StringComparer.Ordinal);
        using CsvTable rows = CsvTable.Open(file);
        records.Begin(rows);
        int image = rows.Column("image"), patient = rows.Column("patient");
        int? mask = Optional(rows, "mask"), finding = Optional(rows, "finding"), view = Optional(rows, "view");
        while (rows.Read())
        {
            string name = rows.Text(image), maskName = mask is { } at && rows.Text(at).Length > 0 ? rows.Text(at) : name;
            if (rows.Text(patient).Trim().Length == 0) throw rows.Error("the patient is blank; images of one patient must be known to belong together, or the scores come out too good.");
            if (!records.Wants(rows, name, xrays.GetValueOrDefault(name))) continue;
            if (masks.ContainsKey(maskName)) used.Add(maskName);
            string own = finding is { } said ? rows.Text(said).Trim() : "";
            records.Add(rows, new CxrRecord
            {
                ImageId = name,
                PatientId = rows.Text(patient).Trim(),
                ImagePath = xrays.GetValueOrDefault(name),
                Labels = [.. labels.Select(label => label == own ? LabelState.Positive : LabelState.Missing)],
                View = view is { } seen ? ViewOf(rows.Text(seen)) : View.Unknown,
                Masks = masks.TryGetValue(maskName, out string? path) ? [new MaskFile("lungs", path)] : [],
                Source = Name,
            });
        }

        int outlined = records.Records.Count(record => record.Masks.Count > 0);
        return records.ToIndex(Name, labels, root, [Invariant($"{outlined:N0} records have a lung mask, {records.Records.Count - outlined:N0} have none"),
            .. masks.Count > used.Count ? [Invariant($"{masks.Count - used.Count:N0} masks belong to no record")] : Array.Empty<string>()]);
    }

    private static string[] Findings(string file)
    {
        using CsvTable rows = CsvTable.Open(file);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        if (Optional(rows, "finding") is not { } column) return [];
        while (rows.Read()) names.Add(rows.Text(column).Trim());
        names.Remove("");
        return [.. names];
    }

    private static int? Optional(CsvTable rows, string name) => rows.TryColumn(name, out int position) ? position : null;

    private static View ViewOf(string text) => text.Split(' ')[0] switch { "PA" => View.PA, "AP" => View.AP, "L" or "Lateral" => View.Lateral, _ => View.Unknown };
}
