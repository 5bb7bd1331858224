using System.Globalization;
using System.Text;

namespace CxrLab.Data;

/// <summary>
/// A merged index as a table, <c>merged.csv</c>: <c>source,image,patient,study,path,view,age,sex,part</c>, then one column per finding
/// with 1, 0, -1 (uncertain) or blank (missing). Paths are relative to the table's folder. Boxes, masks and reports stay with the sources.
/// </summary>
public static class MergedTable
{
    /// <summary>Name on the command line; records keep the names of their sources.</summary>
    public const string Name = "merged";

    private const string FileName = "merged.csv";

    private static readonly string[] Fixed = ["source", "image", "patient", "study", "path", "view", "age", "sex", "part"];

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "A table written by 'cxrlab data merge': several sets under one label set", Read)
    {
        Citation = "cite every source that the table names",
        Home = "made by 'cxrlab data merge'",
        Terms = "the strictest of its sources' terms",
        Size = "one table",
    };

    /// <summary>Writes the table; it appears whole or not at all.</summary>
    public static void Write(CxrIndex index, string file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var text = new StringBuilder(string.Join(',', Fixed.Concat(index.Labels.Select(Quote))) + "\n");
        foreach (CxrRecord record in index.Records)
        {
            string path = record.ImagePath is null ? "" : Path.GetRelativePath(folder, Path.GetFullPath(record.ImagePath));
            text.AppendJoin(',', new[] { record.Source, record.ImageId, record.PatientId, record.StudyId ?? "", path, record.View.ToString(), record.Age?.ToString("R", CultureInfo.InvariantCulture) ?? "", record.Sex.ToString(), record.PublishedPart ?? "" }.Select(Quote));
            foreach (LabelState state in record.Labels) text.Append(',').Append(Cell(state));
            text.Append('\n');
        }

        AtomicFile.WriteText(file, text.ToString());
    }

    /// <summary>Reads the table.</summary>
    /// <param name="root">Folder of <c>merged.csv</c>, or the table itself.</param>
    /// <param name="images">Whether a row needs its image.</param>
    /// <param name="table">Another table, relative to <paramref name="root"/>.</param>
    /// <exception cref="DataFormatException">The table isn't as written; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        string file = File.Exists(root) ? root : Path.Combine(root, table ?? FileName);
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        using CsvTable rows = CsvTable.Open(file);
        int[] at = [.. Fixed.Select(name => rows.Column(name))];
        string[] names = [.. rows.Header.Where(name => !Fixed.Contains(name, StringComparer.Ordinal))];
        if (names.Length == 0) throw new DataFormatException(file, 1, $"there is no column of a finding after {string.Join(", ", Fixed)}.");
        LabelSet labels = rows.Findings(names);
        int[] columns = [.. names.Select(name => rows.Column(name))];
        var records = new RecordList(images);
        records.Begin(rows);
        while (rows.Read())
        {
            string[] cells = [.. at.Select(rows.Text)];
            if (cells[0].Length == 0 || cells[2].Length == 0) throw rows.Error("source and patient can't be blank.");
            if (cells[4].Contains('\0')) throw rows.Error("the path holds a null character; is the file damaged?");
            string? path = cells[4].Length == 0 ? null : Path.GetFullPath(Path.Combine(folder, cells[4]));
            if (path is not null && !File.Exists(path)) path = null;
            if (!records.Wants(rows, cells[1], path)) continue;
            records.Add(rows, new CxrRecord
            {
                Source = cells[0],
                ImageId = cells[1],
                PatientId = cells[2],
                StudyId = cells[3].Length == 0 ? null : cells[3],
                ImagePath = path,
                View = Enum.TryParse(cells[5], out View view) ? view : throw rows.Error($"'{cells[5]}' is no view; expected {string.Join(", ", Enum.GetNames<View>())}."),
                Age = cells[6].Length == 0 ? null : double.TryParse(cells[6], NumberStyles.Float, CultureInfo.InvariantCulture, out double age) ? age : throw rows.Error($"'{cells[6]}' is no age in years."),
                Sex = Enum.TryParse(cells[7], out Sex sex) ? sex : throw rows.Error($"'{cells[7]}' is no sex; expected {string.Join(", ", Enum.GetNames<Sex>())}."),
                PublishedPart = cells[8].Length == 0 ? null : cells[8],
                Labels = [.. columns.Select(column => State(rows, column))],
            });
        }

        return records.ToIndex(Name, labels, folder, []);
    }

    private static string Cell(LabelState state) => state switch { LabelState.Positive => "1", LabelState.Negative => "0", LabelState.Uncertain => "-1", _ => "" };

    private static LabelState State(CsvTable rows, int column) => rows.Text(column) switch
    {
        "1" => LabelState.Positive,
        "0" => LabelState.Negative,
        "-1" => LabelState.Uncertain,
        "" => LabelState.Missing,
        string other => throw rows.Error($"'{other}' is no label state; expected 1, 0, -1 or nothing."),
    };

    private static string Quote(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
