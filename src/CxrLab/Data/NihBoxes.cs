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
        string? file = TableFile.Find(root, "BBox_List_2017.csv");
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
            var box = new FindingBox(finding, BoxCells.Read(table, (2, 3, 4, 5), NihChestXray14.BoxSide));
            if (!boxesOf.TryGetValue(table.Text(0), out List<FindingBox>? boxes)) boxesOf[table.Text(0)] = boxes = [];
            if (boxes.Contains(box)) throw table.Error("the same box stands on the image a second time; remove one of the rows.");
            boxes.Add(box);
        }
    }
}
