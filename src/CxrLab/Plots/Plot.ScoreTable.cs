using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CxrLab.Plots;

public static partial class Plot
{
    /// <summary>A table of scores in [0, 1] as coloured cells with their numbers, such as localisation accuracy by finding and threshold.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="rows">Names from top to bottom, R.</param>
    /// <param name="columns">Names from left to right, C.</param>
    /// <param name="values">[R, C]; NaN stays empty.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static Figure ScoreTable(string title, IReadOnlyList<string> rows, IReadOnlyList<string> columns, double[,] values)
    {
        if (values.GetLength(0) != rows.Count || values.GetLength(1) != columns.Count)
            throw new ArgumentException($"{rows.Count} rows and {columns.Count} columns don't fit values of {values.GetLength(0)} × {values.GetLength(1)}.", nameof(values));
        string Cell(int y, int x) => double.IsFinite(values[y, x]) ? values[y, x].ToString("F2", CultureInfo.InvariantCulture) : "";
        JsonNode Row(int y, Func<int, JsonNode?> cell) => Array(Enumerable.Range(0, columns.Count).Select(cell));
        var data = new JsonArray(new JsonObject
        {
            ["type"] = "heatmap",
            ["x"] = Array(columns.Select(name => JsonValue.Create(name))),
            ["y"] = Array(rows.Select(name => JsonValue.Create(name))),
            ["z"] = Array(Enumerable.Range(0, rows.Count).Select(y => Row(y, x => double.IsFinite(values[y, x]) ? JsonValue.Create(Math.Round(values[y, x], 4)) : null))),
            ["text"] = Array(Enumerable.Range(0, rows.Count).Select(y => Row(y, x => JsonValue.Create(Cell(y, x))))),
            ["texttemplate"] = "%{text}",
            ["zmin"] = 0,
            ["zmax"] = 1,
            ["colorscale"] = "Blues",
            ["reversescale"] = true,
            ["hovertemplate"] = "%{y}, %{x}: %{z}<extra></extra>",
        });
        JsonObject layout = Figure.BaseLayout(title);
        layout["width"] = 620;
        layout["height"] = Math.Min(560, 150 + (26 * rows.Count));
        layout["xaxis"] = new JsonObject { ["automargin"] = true, ["type"] = "category" };
        layout["yaxis"] = new JsonObject { ["autorange"] = "reversed", ["automargin"] = true, ["type"] = "category" };
        return new Figure(data, layout, ScoreSvg(title, rows, columns, values, Cell), $"{title}: " + string.Join("; ", rows.Select((name, y) => $"{name} " + string.Join(", ", columns.Select((column, x) => $"{column} {Cell(y, x)}")))));
    }

    private static string ScoreSvg(string title, IReadOnlyList<string> rows, IReadOnlyList<string> columns, double[,] values, Func<int, int, string> cell)
    {
        const int wide = 62, high = 26, left = 160, top = 34;
        var body = new StringBuilder();
        for (int x = 0; x < columns.Count; x++)
            body.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + (x * wide) + (wide / 2)}\" y=\"{top + (rows.Count * high) + 18}\" text-anchor=\"middle\" font-size=\"11\">{Figure.Escape(columns[x])}</text>");
        for (int y = 0; y < rows.Count; y++)
        {
            body.Append(CultureInfo.InvariantCulture, $"<text x=\"{left - 6}\" y=\"{top + (y * high) + 17}\" text-anchor=\"end\">{Figure.Escape(rows[y])}</text>");
            for (int x = 0; x < columns.Count; x++)
            {
                double share = double.IsFinite(values[y, x]) ? Math.Clamp(values[y, x], 0, 1) : 0;
                body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left + (x * wide)}\" y=\"{top + (y * high)}\" width=\"{wide - 1}\" height=\"{high - 1}\" fill=\"#08519c\" fill-opacity=\"{0.05 + (0.95 * share):F2}\"/>");
                body.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + (x * wide) + (wide / 2)}\" y=\"{top + (y * high) + 17}\" text-anchor=\"middle\" font-size=\"11\" fill=\"{(share > 0.5 ? "white" : Palette.Ink)}\">{cell(y, x)}</text>");
            }
        }

        int width = left + (columns.Count * wide) + 10, height = top + (rows.Count * high) + 30;
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"system-ui,sans-serif\" font-size=\"12\" fill=\"{Palette.Ink}\"><rect width=\"100%\" height=\"100%\" fill=\"white\"/><text x=\"4\" y=\"20\" font-size=\"14\">{Figure.Escape(title)}</text>{body}</svg>";
    }
}
