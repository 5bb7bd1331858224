namespace CxrLab.Data;

/// <summary>
/// How the labels of the public data sets stand to each other, line by line with the reason. The table is one file,
/// <c>crosswalk.csv</c> beside the library; another one can be loaded.
/// </summary>
public sealed class Crosswalk
{
    private static readonly Dictionary<string, LabelRelation> Relations = new(StringComparer.Ordinal)
    {
        ["equal"] = LabelRelation.Equal,
        ["narrower"] = LabelRelation.Narrower,
        ["broader"] = LabelRelation.Broader,
        ["not comparable"] = LabelRelation.NotComparable,
    };

    private static readonly Lazy<Crosswalk> Shipped = new(() => Load(Path.Combine(Path.GetDirectoryName(typeof(Crosswalk).Assembly.Location)!, "crosswalk.csv")));

    private Crosswalk(IReadOnlyList<LabelMapping> mappings) => Mappings = mappings;

    /// <summary>The crosswalk that comes with the library.</summary>
    public static Crosswalk Default => Shipped.Value;

    /// <summary>All lines in the file's order.</summary>
    public IReadOnlyList<LabelMapping> Mappings { get; }

    /// <summary>Reads a table with the columns <c>from_set, from_label, to_set, to_label, relation, reason</c>.</summary>
    /// <exception cref="DataFormatException">A set, label or relation is unknown, a reason is blank, or a pair stands twice; names file and line.</exception>
    public static Crosswalk Load(string file)
    {
        using CsvTable table = CsvTable.Open(file);
        int[] columns = [.. new[] { "from_set", "from_label", "to_set", "to_label", "relation", "reason" }.Select(name => table.Column(name))];
        var mappings = new List<LabelMapping>();
        var seen = new HashSet<(string, string, string, string)>();
        while (table.Read())
        {
            string[] cells = [.. columns.Select(column => table.Text(column).Trim())];
            if (!Relations.TryGetValue(cells[4], out LabelRelation relation)) throw table.Error($"'{cells[4]}' is no relation; expected {string.Join(", ", Relations.Keys)}.");
            if (cells[5].Length == 0) throw table.Error("the reason is blank; say why the labels stand so.");
            RequireLabel(table, cells[0], cells[1]);
            if (cells[3].Length > 0 || relation != LabelRelation.NotComparable) RequireLabel(table, cells[2], cells[3]);
            if (!seen.Add((cells[0], cells[1], cells[2], cells[3]))) throw table.Error($"{cells[0]} '{cells[1]}' to {cells[2]} '{cells[3]}' stands here a second time; keep one line.");
            mappings.Add(new LabelMapping(cells[0], cells[1], cells[2], cells[3], relation, cells[5]));
        }

        return new Crosswalk(mappings);
    }

    /// <summary>
    /// The lines that lead from one label set to another; where the table has only the way back, its lines turned round: what was
    /// narrower is then broader.
    /// </summary>
    public IReadOnlyList<LabelMapping> Between(string from, string to)
    {
        LabelMapping[] direct = [.. Mappings.Where(line => line.FromSet == from && line.ToSet == to)];
        return direct.Length > 0 ? direct : [.. Mappings.Where(line => line.FromSet == to && line.ToSet == from && line.ToLabel.Length > 0).Select(line => line.TurnedRound())];
    }

    private static void RequireLabel(CsvTable table, string set, string label)
    {
        if (!KnownLabels.ByName.TryGetValue(set, out LabelSet? labels)) throw table.Error($"there is no label set '{set}'; there are: {string.Join(", ", KnownLabels.ByName.Keys)}.");
        if (!labels.Contains(label)) throw table.Error($"the label set {set} has no '{label}'; it has: {labels}.");
    }
}
