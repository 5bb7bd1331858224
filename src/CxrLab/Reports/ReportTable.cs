using System.IO.Compression;
using Sylvan.Data.Csv;

namespace CxrLab.Reports;

/// <summary>A table of reports, plain or gzipped, read row by row so that its length doesn't matter.</summary>
public sealed class ReportTable : IDisposable
{
    private const int LongestRow = 1 << 24; // characters

    private static readonly string[] IdNames = ["id", "report_id", "reportid", "study_id", "uid", "accession"];
    private static readonly string[] TextNames = ["report", "reports", "text", "report_text", "report impression", "reporttext", "narrative"];

    private readonly FileStream file;
    private readonly CsvDataReader reader;
    private readonly int id, findings, impression, text;
    private readonly bool firstRowIsData;
    private long line = 1;

    /// <param name="path">The table; the columns are <c>id</c> and <c>findings</c> and/or <c>impression</c>, or one column of text.</param>
    /// <param name="column">The column that holds the report; null to look for it (see <see cref="Choice"/>).</param>
    /// <exception cref="DataFormatException">There is no such table or no column that looks like reports; the message lists the header.</exception>
    public ReportTable(string path, string? column = null)
    {
        Path = path;
        if (!File.Exists(path)) throw new DataFormatException(path, null, "there is no such table of reports.");
        file = File.OpenRead(path);
        try
        {
            Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            reader = CsvDataReader.Create(new StreamReader(stream), new CsvDataReaderOptions { HasHeaders = false, BufferSize = 1 << 16, MaxBufferSize = LongestRow });
            if (!Advance()) throw new DataFormatException(path, 1, "the table is empty.");
            string[] header = [.. Enumerable.Range(0, reader.RowFieldCount).Select(i => reader.GetString(i).Trim().TrimStart('\uFEFF'))];
            (id, findings, impression, text, firstRowIsData, Choice) = Choose(header, column);
        }
        catch (Exception error)
        {
            file.Dispose();
            if (error is InvalidDataException or CsvFormatException) throw new DataFormatException(path, line, $"it can't be read as a table ({error.Message}).", error);
            throw;
        }
    }

    /// <summary>Path as given.</summary>
    public string Path { get; }

    /// <summary>In words, which columns are read.</summary>
    public string Choice { get; }

    /// <summary>Share of the file that was read, in [0, 1].</summary>
    public double Share => file.Length == 0 ? 1 : (double)file.Position / file.Length;

    /// <summary>The reports, in the table's order. Can be read once.</summary>
    /// <exception cref="DataFormatException">A row is cut off or damaged; names the line.</exception>
    public IEnumerable<Report> Read()
    {
        int width = reader.RowFieldCount, row = 0;
        bool more = firstRowIsData || Next();
        for (; more; more = Next())
        {
            row++;
            if (reader.RowFieldCount < width) throw new DataFormatException(Path, line, $"the row has {reader.RowFieldCount} of {width} fields; is a quotation mark or the end of the file missing?");
            string name = id >= 0 ? reader.GetString(id).Trim() : row.ToString(System.Globalization.CultureInfo.InvariantCulture);
            yield return text >= 0
                ? Report.FromText(reader.GetString(text), name)
                : Report.FromParts(findings >= 0 ? reader.GetString(findings) : null, impression >= 0 ? reader.GetString(impression) : null, name);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
        file.Dispose();
    }

    private bool Next()
    {
        // A report may hold line breaks; the place in the file counts them.
        long passed = 1;
        for (int i = 0; i < reader.RowFieldCount; i++) passed += reader.GetString(i).AsSpan().Count('\n');
        line += passed;
        return Advance();
    }

    private bool Advance()
    {
        try
        {
            return reader.Read();
        }
        catch (Exception error) when (error is InvalidDataException or CsvFormatException or IOException)
        {
            throw new DataFormatException(Path, line, $"the table breaks off or is damaged here ({error.Message}).", error);
        }
    }

    private (int Id, int Findings, int Impression, int Text, bool FirstRowIsData, string Choice) Choose(string[] header, string? column)
    {
        int Find(params IEnumerable<string> names) => Array.FindIndex(header, name => names.Contains(name, StringComparer.OrdinalIgnoreCase));
        int key = Find(IdNames);
        string ids = key >= 0 ? $"ids from '{header[key]}'" : "rows numbered from 1";
        if (column is not null)
        {
            int named = Find(column);
            if (named < 0) throw new DataFormatException(Path, 1, $"there is no column '{column}'; the header has: {string.Join(", ", header)}.");
            return (key, -1, -1, named, false, $"reports from '{header[named]}', {ids}");
        }

        (int found, int concluded) = (Find("findings"), Find("impression"));
        if (found >= 0 || concluded >= 0)
            return (key, found, concluded, -1, false, $"reports from {string.Join(" and ", new[] { found, concluded }.Where(i => i >= 0).Select(i => $"'{header[i]}'"))}, {ids}");
        int only = Find(TextNames);
        if (only < 0 && header.Length == 1)
        {
            bool isReport = header[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 3;
            return (-1, -1, -1, 0, isReport, isReport ? "reports from the only column, which has no header; rows numbered from 1" : $"reports from the only column '{header[0]}', rows numbered from 1");
        }

        if (only < 0)
        {
            int[] others = [.. Enumerable.Range(0, header.Length).Where(i => i != key)];
            if (others.Length != 1)
                throw new DataFormatException(Path, 1, $"none of its columns is called findings, impression or report; name the right one with --column. The header has: {string.Join(", ", header)}.");
            only = others[0];
        }

        return (key, -1, -1, only, false, $"reports from '{header[only]}', {ids}");
    }
}
