using System.Globalization;
using System.Text.Json.Nodes;
using CxrLab.Metrics;

namespace CxrLab.Plots;

public static partial class Plot
{
    /// <summary>Promised probability against the share that is positive; on the diagonal a probability means what it says. Dots grow with their cases.</summary>
    /// <param name="curves">Name and reliability, such as before and after calibration.</param>
    public static Figure Reliability(params (string Name, Reliability Reliability)[] curves)
    {
        const string title = "Reliability", x = "promised probability", y = "share that is positive";
        var data = new JsonArray { Line("what it says", [0, 1], [0, 1], Palette.Axis, "dash") };
        var svg = new SvgChart(title, x, y, (0, 1), (0, 1), width: 480);
        svg.Line(0, 0, 1, 1, Palette.Axis, "4 4");
        string[] names = [.. curves.Select(curve => string.Create(CultureInfo.InvariantCulture, $"{curve.Name}, error {curve.Reliability.ExpectedError:F3}"))];
        for (int i = 0; i < curves.Length; i++)
        {
            IReadOnlyList<ReliabilityBin> bins = curves[i].Reliability.Bins;
            JsonObject line = Line(names[i], bins.Select(bin => bin.Predicted), bins.Select(bin => bin.Observed), Palette.Of(i), mode: "lines+markers");
            line["marker"] = new JsonObject { ["size"] = Numbers(bins.Select(bin => 6 + (14 * Math.Sqrt((double)bin.Cases / bins.Max(one => one.Cases))))), ["color"] = Palette.Of(i) };
            line["text"] = Array(bins.Select(bin => JsonValue.Create(bin.Cases.ToString("N0", CultureInfo.InvariantCulture) + " cases")));
            data.Add(line);
            svg.Path(bins.Select(bin => (bin.Predicted, bin.Observed)), Palette.Of(i));
        }

        svg.Legend([.. names.Select((name, i) => (name, Palette.Of(i)))], atTop: true);
        JsonObject layout = Figure.BaseLayout(title);
        layout["width"] = 520;
        layout["xaxis"] = Range(Figure.Axis(x), -0.02, 1.02);
        layout["yaxis"] = Range(Figure.Axis(y), -0.02, 1.02);
        layout["legend"] = new JsonObject { ["x"] = 0.02, ["y"] = 0.98, ["bgcolor"] = "rgba(255,255,255,0.8)" };
        return new Figure(data, layout, svg.Render(), $"{title}: {string.Join("; ", names)}");
    }
}
