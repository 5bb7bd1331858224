using System.Globalization;

namespace CxrLab.Data;

/// <summary>
/// <c>BBox_List_2017.csv</c>: 984 boxes on 880 images. Its header has 6 or 9 fields over rows of 6, and says "Infiltrate" where the
/// table says "Infiltration".
/// </summary>
internal sealed class NihBoxes
{
    private readonly Dictionary<string, List<FindingBox>> boxesOf = new(StringComparer.Ordinal);

    internal static NihBoxes Read(string root)
    {
        var boxes = new NihBoxes();
        string? file = new[] { "BBox_List_2017.csv", "BBox_List_2017.csv.gz" }.Select(name => Path.Combine(root, name)).FirstOrDefault(File.Exists);
        if (file is not null) boxes.ReadFile(file);
        return boxes;
    }

    internal IReadOnlyList<FindingBox> On(string image) => boxesOf.TryGetValue(image, out List<FindingBox>? boxes) ? boxes : [];

    internal IEnumerable<string> Notes(IReadOnlyList<CxrRecord> records)
    {
        int all = boxesOf.Values.Sum(boxes => boxes.Count), used = records.Sum(record => record.Boxes.Count);
        if (all > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{used:N0} of {all:N0} boxes belong to images read");
    }

    private void ReadFile(string file)
    {
        using CsvTable table = CsvTable.Open(file);
        while (table.Read())
        {
            if (table.FieldCount < 6) throw table.Error($"a box needs image, finding, x, y, width, height; the row has {table.FieldCount} fields.");
            string finding = table.Text(1) == "Infiltrate" ? Finding.Infiltration : table.Text(1);
            if (!LabelSet.Nih14.Contains(finding)) throw table.Error($"'{finding}' is no finding of NIH ChestX-ray14.");
            var box = new Box(Number(table, 2), Number(table, 3), Number(table, 4), Number(table, 5));
            if (box.Width <= 0 || box.Height <= 0) throw table.Error($"the box is {box.Width} wide and {box.Height} high; both must be positive.");
            if (!boxesOf.TryGetValue(table.Text(0), out List<FindingBox>? boxes)) boxesOf[table.Text(0)] = boxes = [];
            boxes.Add(new FindingBox(finding, box));
        }
    }

    private static double Number(CsvTable table, int column) =>
        double.TryParse(table.Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw table.Error($"field {column + 1} is '{table.Text(column)}'; expected a number of pixels.");
}
