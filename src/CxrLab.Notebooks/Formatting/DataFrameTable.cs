using System.Collections;
using System.Globalization;

namespace CxrLab.Notebooks.Formatting;

/// <summary>
/// A <c>Microsoft.Data.Analysis.DataFrame</c>: its first 20 rows, with types and size. It is known by name only, so a notebook may
/// bring any version of that package.
/// </summary>
internal static class DataFrameTable
{
    public static string? Of(object value)
    {
        if (value.GetType().FullName != "Microsoft.Data.Analysis.DataFrame") return null;
        dynamic frame = value;
        long rows = frame.Rows.Count;
        var headers = new List<string>();
        var columns = new List<object?[]>();
        foreach (dynamic column in (IEnumerable)frame.Columns)
        {
            headers.Add($"{(string)column.Name} ({((Type)column.DataType).Name})");
            var cells = new object?[Math.Min(rows, 20)];
            for (long row = 0; row < cells.Length; row++) cells[row] = column[row];
            columns.Add(cells);
        }
        var shown = Enumerable.Range(0, (int)Math.Min(rows, 20)).Select(row => columns.Select(cells => cells[row]).ToArray());
        string more = rows > 20 ? "; first 20 shown" : "";
        return HtmlTable.Render(headers, shown, string.Create(CultureInfo.InvariantCulture, $"{rows} rows × {columns.Count} columns{more}"));
    }
}
