using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CxrLab.Plots;

public static partial class Plot
{
    /// <summary>A table of numbers as coloured cells, such as which findings stand together.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="names">Names of rows and columns, K.</param>
    /// <param name="values">[K, K], not negative; row by column.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static Figure HeatMap(string title, IReadOnlyList<string> names, double[,] values)
    {
        int count = names.Count;
        if (values.GetLength(0) != count || values.GetLength(1) != count)
            throw new ArgumentException($"{count} names don't fit values of {values.GetLength(0)} × {values.GetLength(1)}.", nameof(values));
        var data = new JsonArray(new JsonObject
        {
            ["type"] = "heatmap",
            ["x"] = Array(names.Select(name => (JsonNode)name)),
            ["y"] = Array(names.Select(name => (JsonNode)name)),
            ["z"] = Array(Enumerable.Range(0, count).Select(y => (JsonNode)Numbers(Enumerable.Range(0, count).Select(x => values[y, x])))),
            ["colorscale"] = "Blues",
            ["reversescale"] = true,
            ["hovertemplate"] = "%{y} with %{x}: %{z}<extra></extra>",
        });
        JsonObject layout = Figure.BaseLayout(title);
        layout["width"] = 620;
        layout["height"] = Math.Min(560, 200 + (26 * names.Count));
        layout["xaxis"] = new JsonObject { ["tickangle"] = -45, ["automargin"] = true };
        layout["yaxis"] = new JsonObject { ["autorange"] = "reversed", ["automargin"] = true };
        return new Figure(data, layout, HeatSvg(title, names, values), $"{title}: {count} × {count} cells, largest {values.Cast<double>().DefaultIfEmpty().Max().ToString("0.##", CultureInfo.InvariantCulture)}");
    }

    private static string HeatSvg(string title, IReadOnlyList<string> names, double[,] values)
    {
        const int cell = 30, left = 140, top = 34;
        int side = names.Count * cell;
        double largest = Math.Max(1e-12, values.Cast<double>().DefaultIfEmpty().Max());
        var body = new StringBuilder();
        for (int y = 0; y < names.Count; y++)
        {
            body.Append(CultureInfo.InvariantCulture, $"<text x=\"{left - 6}\" y=\"{top + y * cell + 19}\" text-anchor=\"end\">{Figure.Escape(names[y])}</text>");
            body.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate({left + y * cell + 19},{top + side + 8}) rotate(-45)\" text-anchor=\"end\">{Figure.Escape(names[y])}</text>");
            for (int x = 0; x < names.Count; x++)
            {
                double share = values[y, x] / largest;
                body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{left + x * cell}\" y=\"{top + y * cell}\" width=\"{cell - 1}\" height=\"{cell - 1}\" fill=\"#08519c\" fill-opacity=\"{0.05 + 0.95 * share:F2}\"/>");
                body.Append(CultureInfo.InvariantCulture, $"<text x=\"{left + x * cell + cell / 2}\" y=\"{top + y * cell + 19}\" text-anchor=\"middle\" font-size=\"10\" fill=\"{(share > 0.5 ? "white" : Palette.Ink)}\">{values[y, x]:0.##}</text>");
            }
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {left + side + 10} {top + side + 110}\" width=\"{left + side + 10}\" height=\"{top + side + 110}\" font-family=\"system-ui,sans-serif\" font-size=\"12\" fill=\"{Palette.Ink}\"><rect width=\"100%\" height=\"100%\" fill=\"white\"/><text x=\"4\" y=\"20\" font-size=\"14\">{Figure.Escape(title)}</text>{body}</svg>");
    }
}
