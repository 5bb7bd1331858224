using System.Text.Json.Nodes;
using CxrLab.Metrics;

namespace CxrLab.Plots;

public static partial class Plot
{
    /// <summary>ROC curves with their pointwise bands and the chance diagonal.</summary>
    /// <param name="curves">Name and points, as <see cref="PatientBootstrap.RocBand"/> gives them.</param>
    public static Figure RocBands(params (string Name, IReadOnlyList<BandPoint> Points)[] curves) =>
        Bands("ROC curve with 95 % bands", "false positive rate", "true positive rate", (0, 1), curves);

    /// <summary>Precision-recall curves with their bands; the dashed line is the prevalence, which guessing reaches.</summary>
    /// <param name="prevalence">Share of positives.</param>
    /// <param name="curves">Name and points, as <see cref="PatientBootstrap.PrecisionRecallBand"/> gives them.</param>
    public static Figure PrecisionRecallBands(double prevalence, params (string Name, IReadOnlyList<BandPoint> Points)[] curves) =>
        Bands("Precision and recall with 95 % bands", "recall", "precision", (prevalence, prevalence), curves);

    private static Figure Bands(string title, string x, string y, (double Left, double Right) guess, (string Name, IReadOnlyList<BandPoint> Points)[] curves)
    {
        var data = new JsonArray { Line("guessing", [0, 1], [guess.Left, guess.Right], Palette.Axis, "dash") };
        var svg = new SvgChart(title, x, y, (0, 1), (0, 1), width: 480);
        svg.Line(0, guess.Left, 1, guess.Right, Palette.Axis, "4 4");
        for (int i = 0; i < curves.Length; i++)
        {
            BandPoint[] points = [.. curves[i].Points.Where(point => double.IsFinite(point.Value))];
            BandPoint[] outline = [.. points.Where(point => double.IsFinite(point.Low))];
            JsonObject band = Line(curves[i].Name, outline.Select(point => point.X).Concat(outline.Reverse().Select(point => point.X)), outline.Select(point => point.High).Concat(outline.Reverse().Select(point => point.Low)), "rgba(0,0,0,0)");
            band["fill"] = "toself";
            band["fillcolor"] = Palette.Of(i);
            band["opacity"] = 0.2;
            band["showlegend"] = false;
            band["hoverinfo"] = "skip";
            data.Add(band);
            data.Add(Line(curves[i].Name, points.Select(point => point.X), points.Select(point => point.Value), Palette.Of(i)));
            svg.Path(outline.Select(point => (point.X, point.High)), Palette.Of(i), 0.7, "2 2");
            svg.Path(outline.Select(point => (point.X, point.Low)), Palette.Of(i), 0.7, "2 2");
            svg.Path(points.Select(point => (point.X, point.Value)), Palette.Of(i));
        }

        svg.Legend([.. curves.Select((curve, i) => (curve.Name, Palette.Of(i)))], atTop: false);
        JsonObject layout = Figure.BaseLayout(title);
        layout["width"] = 520;
        layout["xaxis"] = Range(Figure.Axis(x), -0.01, 1.01);
        layout["yaxis"] = Range(Figure.Axis(y), 0, 1.01);
        layout["legend"] = new JsonObject { ["x"] = 0.98, ["y"] = 0.04, ["xanchor"] = "right", ["yanchor"] = "bottom", ["bgcolor"] = "rgba(255,255,255,0.8)" };
        return new Figure(data, layout, svg.Render(), $"{title}: " + string.Join("; ", curves.Select(curve => curve.Name)));
    }
}
