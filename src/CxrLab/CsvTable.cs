using System.IO.Compression;
using Sylvan.Data.Csv;

namespace CxrLab;

/// <summary>A comma-separated table, plain or gzipped, whose errors name file and line.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly CsvDataReader reader;
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);

    private CsvTable(string file, CsvDataReader reader)
    {
        (File, this.reader) = (file, reader);
        for (int i = 0; i < reader.FieldCount; i++) columns.TryAdd(reader.GetName(i).Trim(), i);
    }

    /// <summary>Path as given by the caller.</summary>
    internal string File { get; }

    /// <summary>Line of the current row, counted from 1; the header is line 1.</summary>
    internal long Line => reader.RowNumber + 1;

    /// <summary>Fields of the current row; it may differ from the header's.</summary>
    internal int FieldCount => reader.RowFieldCount;

    /// <exception cref="DataFormatException">The file is missing, empty or not readable as a table.</exception>
    internal static CsvTable Open(string file)
    {
        if (!System.IO.File.Exists(file)) throw new DataFormatException(file, null, "there is no such table; check the folder that you named as the data set's root.");
        Stream stream = System.IO.File.OpenRead(file);
        try
        {
            if (file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) stream = new GZipStream(stream, CompressionMode.Decompress);
            // Blank and repeated header names occur (the box list's header ends in ",,,"): names are kept by the table itself.
            var options = new CsvDataReaderOptions { HasHeaders = true, StringFactory = new StringPool().GetString };
            return new CsvTable(file, CsvDataReader.Create(new StreamReader(stream), options));
        }
        catch (Exception error) when (error is InvalidDataException or CsvMissingHeadersException or CsvFormatException)
        {
            stream.Dispose();
            throw new DataFormatException(file, 1, $"it can't be read as a table ({error.Message}); is the download complete?", error);
        }
    }

    /// <summary>Names in the header.</summary>
    internal IReadOnlyList<string> Header => [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetName(i).Trim())];

    /// <summary>Position of the first of these columns that the header has.</summary>
    /// <exception cref="DataFormatException">It has none of them.</exception>
    internal int Column(params string[] names)
    {
        foreach (string name in names)
            if (columns.TryGetValue(name, out int position)) return position;
        throw new DataFormatException(File, 1,
            $"the column '{string.Join("' or '", names)}' is missing; the header has: {string.Join(", ", columns.Keys.Where(name => name.Length > 0))}.");
    }

    /// <summary>Moves to the next row.</summary>
    internal bool Read()
    {
        try
        {
            return reader.Read();
        }
        catch (Exception error) when (error is InvalidDataException or CsvFormatException or IOException)
        {
            throw new DataFormatException(File, Line + 1, $"the table breaks off or is damaged here ({error.Message}); fetch it again.", error);
        }
    }

    /// <summary>Text of a field of the current row.</summary>
    /// <exception cref="DataFormatException">The row is too short.</exception>
    internal string Text(int column) => column < reader.RowFieldCount
        ? reader.GetString(column)
        : throw Error($"the row has {reader.RowFieldCount} fields, but column {column + 1} is needed; the line may be cut off.");

    /// <summary>An error at the current row.</summary>
    internal DataFormatException Error(string problem) => new(File, Line, problem);

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
