using System.Globalization;
using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>The rows of VinDr-CXR, gathered by image and reader.</summary>
internal sealed class VinDrRows
{
    private const string NoFinding = "No finding"; // VinDr writes it with a small f

    private readonly Dictionary<string, Dictionary<string, HashSet<int>>> found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FindingBox>> boxesOf = new(StringComparer.Ordinal);
    private readonly List<string> order = [];
    private readonly bool kaggle;
    private int rowCount, mixed, otherReaders, blank, flat;

    /// <param name="labelTable">PhysioNet's image labels, or null for Kaggle's single table.</param>
    internal VinDrRows(string? labelTable)
    {
        kaggle = labelTable is null;
        Labels = labelTable is null ? VinDrCxr.Kaggle14 : ReadLabels(labelTable);
    }

    internal LabelSet Labels { get; }

    internal void ReadBoxes(string file)
    {
        using CsvTable table = CsvTable.Open(file);
        int image = table.Column("image_id"), reader = table.Column("rad_id"), name = table.Column("class_name"), left = table.Column("x_min"),
            top = table.Column("y_min"), right = table.Column("x_max"), bottom = table.Column("y_max"), id = kaggle ? table.Column("class_id") : -1;
        while (table.Read())
        {
            rowCount++;
            string finding = table.Text(name);
            HashSet<int> labels = Reading(table, table.Text(image), table.Text(reader), create: kaggle);
            int column = Labels.Count;
            if (finding != NoFinding && !Labels.TryIndexOf(finding, out column)) throw table.Error($"'{finding}' is no class of this table; expected '{NoFinding}' or one of: {Labels}.");
            if (id >= 0 && table.Text(id) != column.ToString(CultureInfo.InvariantCulture)) throw table.Error($"class_id {table.Text(id)} doesn't belong to '{finding}', which has {column}.");
            if (finding == NoFinding)
            {
                if (table.Text(left).Length > 0) throw table.Error($"'{NoFinding}' can't have a box, but x_min is '{table.Text(left)}'.");
                continue;
            }

            double x = Number(table, left), y = Number(table, top);
            var box = new Box(x, y, Number(table, right) - x, Number(table, bottom) - y); // corners in the table
            if (box.Width < 0 || box.Height < 0) throw table.Error("x_max and y_max must be greater than x_min and y_min; the columns hold corners, not sizes.");
            labels.Add(column);
            if (box.Width == 0 || box.Height == 0)
            {
                flat++;
                continue;
            }

            if (!boxesOf.TryGetValue(table.Text(image), out List<FindingBox>? boxes)) boxesOf[table.Text(image)] = boxes = [];
            boxes.Add(new FindingBox(Labels[column], box, table.Text(reader)));
        }
    }

    internal IEnumerable<CxrRecord> Records(IReadOnlyDictionary<string, string> paths)
    {
        var vectors = new LabelVectors(Labels.Count);
        var majority = new MajorityVote();
        foreach (string image in order)
        {
            Reading[] readings = [.. found[image].Select(pair => new Reading(pair.Key, vectors.Positive(pair.Value)))];
            int silent = found[image].Values.Count(labels => labels.Count == 0);
            if (silent == readings.Length) blank++;
            else if (silent > 0) mixed++;
            if (readings.Length != 3) otherReaders++;
            yield return new CxrRecord
            {
                ImageId = image,
                PatientId = image,
                ImagePath = paths.GetValueOrDefault(image),
                Labels = vectors.Shared(ReaderConsensus.Decide(readings, Labels.Count, majority)),
                View = View.PA,
                Readings = readings,
                Boxes = boxesOf.TryGetValue(image, out List<FindingBox>? boxes) ? boxes : [],
                Source = VinDrCxr.Name,
            };
        }
    }

    internal IEnumerable<string> Notes(string table)
    {
        yield return Invariant($"table {table}: {rowCount:N0} rows, {order.Count:N0} images");
        yield return Invariant($"{blank:N0} images without a finding by any reader, {order.Count - blank:N0} with one; {mixed:N0} mix '{NoFinding}' and a finding");
        yield return "labels by consensus: majority of readers; boxes are the single readers', not fused, in pixels of the original image";
        yield return "no patient is named: each image counts as its own patient";
        if (flat > 0) yield return Invariant($"{flat:N0} boxes have no area and are left out; their label stays");
        if (otherReaders > 0) yield return Invariant($"{otherReaders:N0} images have other than three readers");
    }

    private LabelSet ReadLabels(string file)
    {
        using CsvTable table = CsvTable.Open(file);
        int image = table.Column("image_id"), reader = table.Column("rad_id");
        string[] names = [.. table.Header];
        int[] columns = [.. Enumerable.Range(0, names.Length).Where(i => i != image && i != reader && names[i].Length > 0 && names[i] != NoFinding)];
        if (columns.Length == 0) throw new DataFormatException(file, 1, "no column of a finding stands beside image_id and rad_id; is the header cut off?");
        LabelSet findings = table.Findings([.. columns.Select(i => names[i])]);
        while (table.Read())
        {
            HashSet<int> labels = Reading(table, table.Text(image), table.Text(reader), create: true);
            for (int k = 0; k < columns.Length; k++)
            {
                if (table.Text(columns[k]) is "1" or "1.0") labels.Add(k);
                else if (table.Text(columns[k]) is not ("0" or "0.0")) throw table.Error($"'{names[columns[k]]}' is '{table.Text(columns[k])}'; expected 0 or 1.");
            }
        }

        return findings;
    }

    private HashSet<int> Reading(CsvTable table, string image, string reader, bool create)
    {
        if (image.Length == 0 || reader.Length == 0) throw table.Error("image_id or rad_id is blank.");
        if (!found.TryGetValue(image, out Dictionary<string, HashSet<int>>? readings))
        {
            if (!create) throw table.Error($"image {image} isn't in image_labels_train.csv; are both tables of one release?");
            found[image] = readings = new(StringComparer.Ordinal);
            order.Add(image);
        }

        if (readings.TryGetValue(reader, out HashSet<int>? labels)) return labels;
        if (!create) throw table.Error($"{reader} has no line for image {image} in image_labels_train.csv; are both tables of one release?");
        return readings[reader] = [];
    }

    private static double Number(CsvTable table, int column) =>
        double.TryParse(table.Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw table.Error($"field {column + 1} is '{table.Text(column)}'; expected a number of pixels.");
}
