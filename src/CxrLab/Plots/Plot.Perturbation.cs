using System.Globalization;
using System.Text.Json.Nodes;
using CxrLab.Explain;

namespace CxrLab.Plots;

public static partial class Plot
{
    /// <summary>Deletion and insertion curves with the area under each.</summary>
    /// <param name="title">What is checked, such as the method's name.</param>
    /// <param name="curves">Name for the legend and curve.</param>
    public static Figure Perturbation(string title, params (string Name, PerturbationCurve Curve)[] curves)
    {
        double top = Math.Min(1, curves.SelectMany(one => one.Curve.Scores).DefaultIfEmpty(1).Max() * 1.1);
        var data = new JsonArray();
        var svg = new SvgChart(title, "share of the pixels changed, hottest first", "probability", (0, 1), (0, top));
        string[] names = [.. curves.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name}, area {one.Curve.Area:F3}"))];
        for (int i = 0; i < curves.Length; i++)
        {
            PerturbationCurve curve = curves[i].Curve;
            data.Add(Line(names[i], curve.Shares, curve.Scores, Palette.Of(i)));
            svg.Path(curve.Shares.Zip(curve.Scores), Palette.Of(i));
        }

        svg.Legend([.. names.Select((name, i) => (name, Palette.Of(i)))], atTop: true);
        JsonObject layout = Figure.BaseLayout(title);
        layout["xaxis"] = Range(Figure.Axis("share of the pixels changed, hottest first"), 0, 1);
        layout["yaxis"] = Range(Figure.Axis("probability"), 0, top);
        layout["legend"] = new JsonObject { ["orientation"] = "h", ["x"] = 0, ["y"] = 1.0, ["yanchor"] = "bottom" };
        layout["margin"]!["t"] = 64; // title and legend above each other
        return new Figure(data, layout, svg.Render(), $"{title}: {string.Join("; ", names)}");
    }
}
