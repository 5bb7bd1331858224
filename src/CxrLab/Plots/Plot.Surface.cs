using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CxrLab.Plots;

public static partial class Plot
{
    private const int SurfaceWidth = 560, SurfaceHeight = 330;

    /// <summary>A function of two numbers as a surface that can be turned; the still picture shows it from one corner.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="x">Name and values of the first number, rising; at least two.</param>
    /// <param name="y">Name and values of the second number.</param>
    /// <param name="height">Name and the function's values [Y, X]: row by y, column by x.</param>
    /// <exception cref="ArgumentException">The sizes differ, or an axis has fewer than two values.</exception>
    public static Figure Surface(string title, (string Name, IReadOnlyList<double> Values) x, (string Name, IReadOnlyList<double> Values) y, (string Name, double[,] Values) height)
    {
        (int columns, int rows) = (x.Values.Count, y.Values.Count);
        if (columns < 2 || rows < 2 || height.Values.GetLength(0) != rows || height.Values.GetLength(1) != columns)
            throw new ArgumentException($"A surface over {columns} × {rows} values (at least 2 × 2) needs heights [{rows}, {columns}]; got [{height.Values.GetLength(0)}, {height.Values.GetLength(1)}].", nameof(height));
        var data = new JsonArray(new JsonObject
        {
            ["type"] = "surface",
            ["x"] = Numbers(x.Values),
            ["y"] = Numbers(y.Values),
            ["z"] = Array(Enumerable.Range(0, rows).Select(i => (JsonNode)Numbers(Enumerable.Range(0, columns).Select(j => Math.Round(height.Values[i, j], 4))))),
            ["colorscale"] = "Viridis",
            ["showscale"] = false,
            ["contours"] = new JsonObject { ["z"] = new JsonObject { ["show"] = true, ["color"] = "white", ["width"] = 1 } },
            ["hovertemplate"] = $"{x.Name} %{{x:.2f}}<br>{y.Name} %{{y:.2f}}<br>{height.Name} %{{z:.3f}}<extra></extra>",
        });
        JsonObject Named(string name) => new() { ["title"] = new JsonObject { ["text"] = name }, ["gridcolor"] = Palette.Grid };
        JsonObject layout = Figure.BaseLayout(title);
        layout["width"] = SurfaceWidth;
        layout["margin"] = new JsonObject { ["l"] = 0, ["r"] = 0, ["t"] = 40, ["b"] = 0 };
        layout["scene"] = new JsonObject
        {
            ["xaxis"] = Named(x.Name),
            ["yaxis"] = Named(y.Name),
            ["zaxis"] = Named(height.Name),
            ["camera"] = new JsonObject { ["eye"] = new JsonObject { ["x"] = 1.5, ["y"] = -1.5, ["z"] = 0.9 } },
            ["aspectratio"] = new JsonObject { ["x"] = 1, ["y"] = 1, ["z"] = 0.7 },
        };
        double[] all = [.. height.Values.Cast<double>()];
        string text = string.Create(CultureInfo.InvariantCulture, $"{title}: {height.Name} over {x.Name} and {y.Name}, from {all.Min():0.###} to {all.Max():0.###}");
        return new Figure(data, layout, SurfaceSvg(title, x, y, height), text);
    }

    // Seen from the corner of the largest x and smallest y, as the interactive figure begins; far cells are painted first.
    private static string SurfaceSvg(string title, (string Name, IReadOnlyList<double> Values) x, (string Name, IReadOnlyList<double> Values) y, (string Name, double[,] Values) height)
    {
        double[] all = [.. height.Values.Cast<double>()];
        (double low, double span) = (all.Min(), Math.Max(all.Max() - all.Min(), 1e-12));
        static double Share(IReadOnlyList<double> values, int i) => (values[i] - values[0]) / (values[^1] - values[0]);
        static (double X, double Y) Place(double u, double v, double w) => (280 + (190 * (u + v - 1)), 282 - (72 * (1 - u + v)) - (120 * w));
        (double X, double Y) At(int row, int column) => Place(Share(x.Values, column), Share(y.Values, row), (height.Values[row, column] - low) / span);
        var body = new StringBuilder();
        void Edge((double X, double Y) a, (double X, double Y) b) => body.Append(CultureInfo.InvariantCulture, $"<line x1=\"{a.X:F1}\" y1=\"{a.Y:F1}\" x2=\"{b.X:F1}\" y2=\"{b.Y:F1}\" stroke=\"{Palette.Axis}\"/>");
        Edge(Place(0, 0, 0), Place(1, 0, 0));
        Edge(Place(1, 0, 0), Place(1, 1, 0));
        Edge(Place(0, 0, 0), Place(0, 0, 1));
        foreach ((int row, int column) in Enumerable.Range(0, y.Values.Count - 1).SelectMany(row => Enumerable.Range(0, x.Values.Count - 1).Select(column => (row, column))).OrderByDescending(cell => Share(y.Values, cell.row) - Share(x.Values, cell.column)))
        {
            (double X, double Y)[] corners = [At(row, column), At(row, column + 1), At(row + 1, column + 1), At(row + 1, column)];
            double mean = (height.Values[row, column] + height.Values[row, column + 1] + height.Values[row + 1, column + 1] + height.Values[row + 1, column]) / 4;
            body.Append(CultureInfo.InvariantCulture, $"<polygon points=\"{string.Join(' ', corners.Select(corner => string.Create(CultureInfo.InvariantCulture, $"{corner.X:F1},{corner.Y:F1}")))}\" fill=\"{Viridis((mean - low) / span)}\" stroke=\"white\" stroke-width=\"0.4\"/>");
        }

        void Label(double u, double v, double w, double dx, double dy, string anchor, string label)
        {
            (double px, double py) = Place(u, v, w);
            body.Append(CultureInfo.InvariantCulture, $"<text x=\"{px + dx:F1}\" y=\"{py + dy:F1}\" text-anchor=\"{anchor}\" font-size=\"11\">{Figure.Escape(label)}</text>");
        }

        static string Short(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
        Label(0.5, 0, 0, -12, 22, "end", x.Name + " →");
        Label(1, 0.5, 0, 12, 22, "start", y.Name + " →");
        Label(0, 0, 0, -6, 4, "end", $"{Short(x.Values[0])}, {Short(y.Values[0])}");
        Label(1, 0, 0, 0, 16, "middle", $"{Short(x.Values[^1])}, {Short(y.Values[0])}");
        Label(1, 1, 0, 6, 4, "start", $"{Short(x.Values[^1])}, {Short(y.Values[^1])}");
        Label(0, 0, 1, -6, 4, "end", $"{height.Name} {Short(low + span)}");
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SurfaceWidth} {SurfaceHeight}\" width=\"{SurfaceWidth}\" height=\"{SurfaceHeight}\" font-family=\"system-ui,sans-serif\" font-size=\"13\" fill=\"{Palette.Ink}\"><title>{Figure.Escape(title)}</title><rect width=\"100%\" height=\"100%\" fill=\"white\"/><text x=\"8\" y=\"18\" font-size=\"14\">{Figure.Escape(title)}</text>{body}</svg>";
    }

    private static string Viridis(double share)
    {
        (int R, int G, int B)[] stops = [(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37)];
        double at = Math.Clamp(share, 0, 1) * (stops.Length - 1);
        int k = Math.Min((int)at, stops.Length - 2);
        int Mix(int a, int b) => (int)Math.Round(a + ((at - k) * (b - a)));
        return $"rgb({Mix(stops[k].R, stops[k + 1].R)},{Mix(stops[k].G, stops[k + 1].G)},{Mix(stops[k].B, stops[k + 1].B)})";
    }
}
