namespace CxrLab.Reports;

/// <summary>A table of labels by report, as <c>cxrlab reports label</c> writes it or people made it.</summary>
public sealed class LabelTable
{
    private LabelTable(IReadOnlyList<string> columns, IReadOnlyDictionary<string, IReadOnlyList<LabelState>> rows) => (Columns, Rows) = (columns, rows);

    /// <summary>Names of the label columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Report id → states aligned with <see cref="Columns"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<LabelState>> Rows { get; }

    /// <summary>Which of these names are positive for report <paramref name="id"/>.</summary>
    /// <exception cref="KeyNotFoundException">The table has no such report or column.</exception>
    public bool[] Positive(string id, IReadOnlyList<string> names)
    {
        if (!Rows.TryGetValue(id, out IReadOnlyList<LabelState>? states)) throw new KeyNotFoundException($"The table has no report '{id}'.");
        return [.. names.Select(name => states[Column(name)] == LabelState.Positive)];
    }

    private int Column(string name)
    {
        for (int i = 0; i < Columns.Count; i++)
            if (Columns[i] == name) return i;
        throw new KeyNotFoundException($"The table has no column '{name}'; it has: {string.Join(", ", Columns)}.");
    }

    /// <summary>Reads a table.</summary>
    /// <param name="path">Plain or gzipped, with a column <c>id</c>.</param>
    /// <param name="labels">Columns to read; others (the report's text, say) are left alone.</param>
    /// <exception cref="DataFormatException">No id column, none of the labels, an id twice, or a cell that is none of 1, 0, -1 and blank.</exception>
    public static LabelTable Load(string path, IReadOnlyCollection<string> labels)
    {
        using CsvTable table = CsvTable.Open(path);
        int id = table.Column("id");
        string[] columns = [.. table.Header.Where(labels.Contains)];
        if (columns.Length == 0) throw new DataFormatException(path, 1, $"there is no label column; expected some of: {string.Join(", ", labels)}.");
        int[] positions = [.. columns.Select(name => table.Column(name))];
        var rows = new Dictionary<string, IReadOnlyList<LabelState>>(StringComparer.Ordinal);
        while (table.Read())
        {
            string name = table.Text(id).Trim();
            if (!rows.TryAdd(name, [.. positions.Select((position, k) => State(table, position, columns[k]))])) throw table.Error($"report {name} stands here a second time.");
        }

        return new LabelTable(columns, rows);
    }

    private static LabelState State(CsvTable table, int column, string name) => table.Text(column).Trim() switch
    {
        "1" or "1.0" => LabelState.Positive,
        "0" or "0.0" => LabelState.Negative,
        "-1" or "-1.0" => LabelState.Uncertain,
        "" => LabelState.Missing,
        string other => throw table.Error($"'{other}' in column '{name}' is no label; expected 1, 0, -1 or nothing."),
    };
}
