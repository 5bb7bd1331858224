using System.Globalization;

namespace CxrLab.Data;

/// <summary>Collects the records of a data set's tables: an image may stand there once, and rows without an image are counted.</summary>
internal sealed class RecordList(ImageRule images)
{
    private readonly List<CxrRecord> records = [];
    private readonly List<int> lines = []; // of each record in its table
    private readonly List<(string File, int First, int Rows)> tables = []; // First: position of the table's first record
    private int found, without;

    internal IReadOnlyList<CxrRecord> Records => records;

    /// <summary>Begins a table; the notes name it with its rows.</summary>
    internal void Begin(CsvTable table) => tables.Add((table.File, records.Count, 0));

    /// <summary>Counts a row of the current table, and says whether its record is wanted.</summary>
    /// <exception cref="DataFormatException">The image has no name.</exception>
    internal bool Wants(CsvTable table, string image, string? path)
    {
        tables[^1] = tables[^1] with { Rows = tables[^1].Rows + 1 };
        if (string.IsNullOrWhiteSpace(image)) throw table.Error("the image's name is blank.");
        if (path is null) without++;
        else found++;
        return path is not null || images == ImageRule.Optional;
    }

    internal void Add(CsvTable table, CxrRecord record)
    {
        records.Add(record);
        lines.Add((int)table.Line);
    }

    /// <summary>The index, whose first notes tell of tables and images.</summary>
    /// <param name="name">Name of the data set.</param>
    /// <param name="labels">Its findings.</param>
    /// <param name="root">Where images were looked for.</param>
    /// <param name="notes">What else is worth saying.</param>
    /// <exception cref="DataFormatException">No record is left, or an image stands twice.</exception>
    internal CxrIndex ToIndex(string name, LabelSet labels, string root, IEnumerable<string> notes)
    {
        (string file, _, int rows) = tables[^1];
        if (tables.All(table => table.Rows == 0)) throw new DataFormatException(file, 1, "the table has a header but no rows; is the download complete?");
        if (records.Count == 0) throw new DataFormatException(file, null, string.Create(CultureInfo.InvariantCulture, $"none of its {rows:N0} rows has an image under {root}; are table and images of the same data set?"));
        try
        {
            return new CxrIndex(name, labels, records, Notes().Concat(notes));
        }
        catch (ArgumentException) when (Repeated() is { } second)
        {
            throw new DataFormatException(tables.Last(table => table.First <= second).File, lines[second],
                $"'{records[second].ImageId}' stands in the table a second time; an image may be counted once only, so remove one of the rows.");
        }
    }

    // The index finds repeated images anyway; only when it has does a second look for the line cost anything.
    private int? Repeated()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int second = records.FindIndex(record => !seen.Add(record.ImageId));
        return second < 0 ? null : second;
    }

    private IEnumerable<string> Notes()
    {
        string names = string.Join(", ", tables.Select(table => string.Create(CultureInfo.InvariantCulture, $"table {Path.GetFileName(table.File)}: {table.Rows:N0} rows")));
        yield return string.Create(CultureInfo.InvariantCulture, $"{names}, {found:N0} images found");
        if (without > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{without:N0} rows have no image here{(images == ImageRule.Required ? " and are left out" : "")}");
    }
}
