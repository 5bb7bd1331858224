using System.Globalization;

namespace CxrLab.Data;

/// <summary>The rows of an RSNA label table, one per box, or one with blank cells for an image without a box.</summary>
internal sealed class RsnaRows
{
    private static readonly string[] Endings = [".png", ".jpg", ".dcm"];

    private readonly string file;
    private readonly List<string> order = [];
    private readonly int rows;

    internal RsnaRows(string file, string key)
    {
        this.file = file;
        using CsvTable table = CsvTable.Open(file);
        int image = table.Column(key), target = table.Column("Target");
        (int, int, int, int) columns = (table.Column("x"), table.Column("y"), table.Column("width"), table.Column("height"));
        bool hasClass = table.TryColumn("rsna_class", out int kind);
        while (table.Read())
        {
            rows++;
            RsnaCase found = Case(table, table.Text(image), table.Text(target));
            if (hasClass) SetClass(table, found, table.Text(kind));
            if (found.Opacity) AddBox(table, found, columns);
            else if (!table.Span(columns.Item1).IsEmpty) throw table.Error("Target is 0, but the row holds a box; a box needs Target 1.");
        }
    }

    internal Dictionary<string, RsnaCase> Cases { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads <c>patientId,class</c>, which has as many rows as the label table.</summary>
    internal void ReadClasses(string classes)
    {
        using CsvTable table = CsvTable.Open(classes);
        int image = table.Column("patientId"), kind = table.Column("class");
        while (table.Read())
            if (Cases.TryGetValue(table.Text(image), out RsnaCase? found)) SetClass(table, found, table.Text(kind));
    }

    internal CxrIndex ToIndex(string root, ImageRule images)
    {
        Dictionary<string, string> paths = Paths(root);
        var vectors = new LabelVectors();
        List<CxrRecord> records = [];
        foreach (string image in order)
        {
            string? path = paths.GetValueOrDefault(image);
            if (path is null && images == ImageRule.Required) continue;
            RsnaCase found = Cases[image];
            records.Add(new CxrRecord
            {
                ImageId = image,
                PatientId = image,
                ImagePath = path,
                Labels = found.States(vectors),
                Boxes = [.. found.Boxes.Select(box => new FindingBox(LabelSet.Rsna[0], box))],
                BoxSpace = found.Boxes.Count > 0 ? (RsnaPneumonia.BoxSide, RsnaPneumonia.BoxSide) : default,
                Source = RsnaPneumonia.Name,
            });
        }

        if (order.Count == 0) throw new DataFormatException(file, 1, "the table has a header but no rows; is the download complete?");
        if (records.Count == 0) throw new DataFormatException(file, null, $"none of its {order.Count} images is in {root}/stage_2_train_images; are table and images of the same data set?");
        return new CxrIndex(RsnaPneumonia.Name, LabelSet.Rsna, records, Notes(paths));
    }

    private static Dictionary<string, string> Paths(string root)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string ending in Endings) // a PNG made from a DICOM file is the quicker one to read
            foreach (string folder in new[] { "stage_2_train_images", "stage_1_train_images", "images" })
                foreach (string path in FolderListing.Files(Path.Combine(root, folder), deep: false))
                    if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) paths.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        return paths;
    }

    private static void SetClass(CsvTable table, RsnaCase found, string kind)
    {
        if (!LabelSet.Rsna.Contains(kind)) throw table.Error($"the class is '{kind}'; expected one of: {string.Join("; ", LabelSet.Rsna)}.");
        if (kind == LabelSet.Rsna[0] != found.Opacity || (found.Class is not null && found.Class != kind))
            throw table.Error($"the class is '{kind}', but other rows of the image say {(found.Opacity ? "Target 1" : "Target 0")}{(found.Class is null ? "" : $" and '{found.Class}'")}.");
        found.Class = kind;
    }

    private static void AddBox(CsvTable table, RsnaCase found, (int, int, int, int) columns)
    {
        Box box = BoxCells.Read(table, columns, RsnaPneumonia.BoxSide);
        if (found.Boxes.Contains(box)) throw table.Error("the same box stands on the image a second time; remove one of the rows.");
        found.Boxes.Add(box);
    }

    private RsnaCase Case(CsvTable table, string image, string target)
    {
        if (image.Length == 0) throw table.Error("the image's name is blank.");
        if (target is not ("0" or "1")) throw table.Error($"Target is '{target}'; expected 0 or 1.");
        bool opacity = target == "1";
        if (!Cases.TryGetValue(image, out RsnaCase? found))
        {
            order.Add(image);
            return Cases[image] = new RsnaCase(opacity);
        }

        if (!opacity || !found.Opacity) throw table.Error($"'{image}' stands in the table a second time; only rows with Target 1 and different boxes may repeat an image.");
        return found;
    }

    private IEnumerable<string> Notes(Dictionary<string, string> paths)
    {
        int here = order.Count(paths.ContainsKey), without = order.Count - here, unknown = Cases.Values.Count(found => found.Class is null);
        yield return string.Create(CultureInfo.InvariantCulture, $"table {Path.GetFileName(file)}: {rows:N0} rows on {order.Count:N0} images, {here:N0} images found");
        if (without > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{without:N0} images of the table aren't here");
        if (unknown > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{unknown:N0} images have no class: whether they are normal isn't known without stage_2_detailed_class_info.csv");
        yield return "patientId names an image, not a person: a split by it may put one person into two parts";
    }
}
