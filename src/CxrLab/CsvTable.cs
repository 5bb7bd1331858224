using System.IO.Compression;
using Sylvan.Data.Csv;

namespace CxrLab;

/// <summary>A comma-separated table, plain or gzipped, whose errors name file and line.</summary>
internal sealed class CsvTable : IDisposable
{
    private const int LongestRow = 4 << 20; // characters; a report is far shorter, and a forgotten quote must not swallow a whole table

    private readonly CsvDataReader reader;
    private readonly StringPool pool;
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    private readonly HashSet<string> twice = new(StringComparer.Ordinal);
    private long next;

    private CsvTable(string file, CsvDataReader reader, StringPool pool)
    {
        (File, this.reader, this.pool, next) = (file, reader, pool, 2);
        for (int i = 0; i < reader.FieldCount; i++)
        {
            string name = reader.GetName(i);
            next += name.Count(letter => letter == '\n');
            if (!columns.TryAdd(name.Trim(), i)) twice.Add(name.Trim());
        }
    }

    /// <summary>Path as given by the caller.</summary>
    internal string File { get; }

    /// <summary>Line on which the current row begins, counted from 1; the header is line 1.</summary>
    internal long Line { get; private set; } = 1;

    /// <summary>Fields of the current row; it may differ from the header's.</summary>
    internal int FieldCount => reader.RowFieldCount;

    /// <summary>Findings named by the header.</summary>
    /// <exception cref="DataFormatException">A name is blank or stands twice.</exception>
    internal LabelSet Findings(IReadOnlyList<string> names)
    {
        if (names.Any(string.IsNullOrWhiteSpace) || names.Distinct(StringComparer.Ordinal).Count() < names.Count)
            throw new DataFormatException(File, 1, $"a column's name is blank or stands twice among: {string.Join(", ", names)}.");
        return new LabelSet(names);
    }

    /// <param name="file">The table.</param>
    /// <param name="pool">Shares strings with other tables, such as ids that stand in several of them.</param>
    /// <exception cref="DataFormatException">The file is missing, empty or not readable as a table.</exception>
    internal static CsvTable Open(string file, StringPool? pool = null)
    {
        if (!System.IO.File.Exists(file)) throw new DataFormatException(file, null, "there is no such table; check the folder that you named as the data set's root.");
        pool ??= new StringPool();
        Stream? stream = null;
        try
        {
            stream = System.IO.File.OpenRead(file);
            // By content, not by name: browsers unpack on the way and keep the name, or keep the packing and drop it.
            if (IsGzip(stream)) stream = new GZipStream(stream, CompressionMode.Decompress);
            else if (file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) throw new InvalidDataException("its name ends in .gz but it isn't gzipped; if it is plain text, take .gz off the name");
            // Blank and repeated header names occur (the box list's header ends in ",,,"): names are kept by the table itself.
            var options = new CsvDataReaderOptions { HasHeaders = true, Delimiter = ',', MaxBufferSize = LongestRow, StringFactory = pool.GetString };
            return new CsvTable(file, CsvDataReader.Create(new StreamReader(stream), options), pool);
        }
        catch (Exception error) when (IsDamage(error))
        {
            stream?.Dispose();
            throw new DataFormatException(file, 1, $"it can't be read as a table ({error.Message}); is the download complete?", error);
        }
    }

    /// <summary>Names in the header.</summary>
    internal IReadOnlyList<string> Header => [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetName(i).Trim())];

    /// <summary>Position of the first of these columns that the header has.</summary>
    /// <exception cref="DataFormatException">It has none of them, or has it twice.</exception>
    internal int Column(params string[] names)
    {
        foreach (string name in names)
            if (TryColumn(name, out int position)) return position;
        throw new DataFormatException(File, 1,
            $"the column '{string.Join("' or '", names)}' is missing; the header has: {string.Join(", ", columns.Keys.Where(name => name.Length > 0))}.");
    }

    /// <summary>Position of a column, if the header has it.</summary>
    /// <exception cref="DataFormatException">It stands twice.</exception>
    internal bool TryColumn(string name, out int position)
    {
        if (twice.Contains(name)) throw new DataFormatException(File, 1, $"the column '{name}' stands twice in the header; which one counts?");
        return columns.TryGetValue(name, out position);
    }

    /// <summary>Moves to the next row; blank lines are passed over.</summary>
    internal bool Read()
    {
        try
        {
            do
            {
                Line = next;
                if (!reader.Read()) return false;
                next += Math.Max(1, reader.GetRawRecordSpan().Count('\n'));
            }
            while (reader.RowFieldCount == 1 && reader.GetFieldSpan(0).IsWhiteSpace());
            return true;
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw new DataFormatException(File, Line, $"the table breaks off or is damaged here ({error.Message}); look for a quote that is never closed, or fetch the table again.", error);
        }
    }

    /// <summary>Text of a field of the current row.</summary>
    /// <exception cref="DataFormatException">The row is too short.</exception>
    internal string Text(int column)
    {
        RequireField(column);
        return reader.GetString(column);
    }

    /// <summary>Characters of a field, valid until the next row; no string is made of them.</summary>
    /// <exception cref="DataFormatException">The row is too short.</exception>
    internal ReadOnlySpan<char> Span(int column)
    {
        RequireField(column);
        return reader.GetFieldSpan(column);
    }

    /// <summary>The shared string equal to a part of a field.</summary>
    internal string Shared(ReadOnlySpan<char> text) => pool.Get(text);

    /// <summary>An error at the current row.</summary>
    internal DataFormatException Error(string problem) => new(File, Line, problem);

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private void RequireField(int column)
    {
        if (column >= reader.RowFieldCount)
            throw Error($"the row has {reader.RowFieldCount} fields, but column {column + 1} is needed; the line may be cut off.");
    }

    private static bool IsGzip(Stream file)
    {
        bool packed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return packed;
    }

    private static bool IsDamage(Exception error) => error is InvalidDataException or CsvFormatException or IOException or UnauthorizedAccessException;
}
