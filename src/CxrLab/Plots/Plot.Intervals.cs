using System.Globalization;
using System.Text.Json.Nodes;

namespace CxrLab.Plots;

public static partial class Plot
{
    /// <summary>Scores in [0, 1] with their intervals, one row each, and what a blind rule would reach as a grey mark.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="axis">Name of the score.</param>
    /// <param name="rows">Name, score, interval, and the blind score (NaN for none), from top to bottom.</param>
    public static Figure Intervals(string title, string axis, IReadOnlyList<(string Name, double Value, double Low, double High, double Blind)> rows)
    {
        (string Name, double Value, double Low, double High, double Blind)[] shown = [.. rows.Where(row => double.IsFinite(row.Value))];
        var data = new JsonArray
        {
            Points("blind", [.. shown.Select(row => (row.Name, row.Blind))], Palette.Axis, "line-ns-open"),
            Points(axis, [.. shown.Select(row => (row.Name, row.Value))], Palette.Of(0), "circle"),
        };
        data[1]!["error_x"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["array"] = Numbers(shown.Select(row => row.High - row.Value)),
            ["arrayminus"] = Numbers(shown.Select(row => row.Value - row.Low)),
            ["color"] = Palette.Of(0),
            ["thickness"] = 1.5,
        };
        int height = 130 + (24 * shown.Length);
        JsonObject layout = Figure.BaseLayout(title, height);
        layout["xaxis"] = Range(Figure.Axis(axis), 0, 1.02);
        layout["yaxis"] = new JsonObject { ["autorange"] = "reversed", ["type"] = "category", ["automargin"] = true };
        layout["legend"] = new JsonObject { ["orientation"] = "h", ["x"] = 0, ["y"] = 1.0, ["yanchor"] = "bottom" };
        layout["margin"]!["t"] = 64; // title and legend above each other
        string said = string.Join(", ", shown.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Name} {row.Value:F2} [{row.Low:F2}, {row.High:F2}]")));
        return new Figure(data, layout, Still(title, axis, shown, height), $"{title}: {said}");
    }

    private static string Still(string title, string axis, (string Name, double Value, double Low, double High, double Blind)[] rows, int height)
    {
        const double names = -0.42; // the names stand left of zero, inside the chart
        var svg = new SvgChart(title, axis, "", (names, 1.02), (0, rows.Length), height: height, numbersOnX: false, numbersOnY: false);
        for (int tick = 0; tick <= 4; tick++)
        {
            svg.Line(tick / 4.0, 0, tick / 4.0, rows.Length, Palette.Grid);
            svg.Text(svg.X(tick / 4.0), svg.Y(0) + 15, (tick / 4.0).ToString("0.##", CultureInfo.InvariantCulture), "middle");
        }

        for (int i = 0; i < rows.Length; i++)
        {
            double y = rows.Length - i - 0.5; // the first row stands on top
            svg.Text(svg.X(-0.02), svg.Y(y) + 4, rows[i].Name, "end");
            svg.Line(rows[i].Low, y, rows[i].High, y, Palette.Of(0));
            svg.Path([(rows[i].Value - 0.006, y), (rows[i].Value + 0.006, y)], Palette.Of(0), 8);
            if (double.IsFinite(rows[i].Blind)) svg.Path([(rows[i].Blind, y - 0.3), (rows[i].Blind, y + 0.3)], Palette.Axis, 3);
        }

        return svg.Render();
    }

    private static JsonObject Points(string name, IReadOnlyList<(string Name, double Value)> points, string color, string symbol) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers",
        ["name"] = name,
        ["x"] = Numbers(points.Select(point => point.Value)),
        ["y"] = Array(points.Select(point => JsonValue.Create(point.Name))),
        ["marker"] = new JsonObject { ["color"] = color, ["symbol"] = symbol, ["size"] = 10, ["line"] = new JsonObject { ["width"] = 3, ["color"] = color } },
    };
}
