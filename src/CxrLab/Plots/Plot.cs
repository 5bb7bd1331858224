using System.Globalization;
using System.Text.Json.Nodes;

namespace CxrLab.Plots;

/// <summary>
/// The charts of the lectures. They draw numbers that were computed elsewhere and compute none. The JSON is written directly:
/// from C# that is plainer than the F# optional arguments of Plotly.NET, which supplies plotly.js.
/// </summary>
public static partial class Plot
{
    /// <summary>ROC curves with the chance diagonal.</summary>
    /// <param name="curves">Name (with its score, such as <c>CxrNet 0.91 [0.88, 0.93]</c>) and points from (0, 0) to (1, 1).</param>
    public static Figure Roc(params (string Name, IReadOnlyList<(double FalsePositiveRate, double TruePositiveRate)> Points)[] curves)
    {
        var data = new JsonArray { Line("chance", [0, 1], [0, 1], Palette.Axis, "dash") };
        var svg = new SvgChart("ROC curve", "false positive rate", "true positive rate", (0, 1), (0, 1), width: 480);
        svg.Line(0, 0, 1, 1, Palette.Axis, "4 4");
        for (int i = 0; i < curves.Length; i++)
        {
            data.Add(Line(curves[i].Name, curves[i].Points.Select(point => point.FalsePositiveRate), curves[i].Points.Select(point => point.TruePositiveRate), Palette.Of(i)));
            svg.Path(curves[i].Points, Palette.Of(i));
        }

        svg.Legend([.. curves.Select((curve, i) => (curve.Name, Palette.Of(i)))], atTop: false);
        JsonObject layout = Figure.BaseLayout("ROC curve");
        layout["width"] = 520;
        layout["xaxis"] = Range(Figure.Axis("false positive rate"), -0.01, 1);
        layout["yaxis"] = Range(Figure.Axis("true positive rate"), 0, 1.01);
        layout["legend"] = new JsonObject { ["x"] = 0.98, ["y"] = 0.04, ["xanchor"] = "right", ["yanchor"] = "bottom", ["bgcolor"] = "rgba(255,255,255,0.8)" };
        return new Figure(data, layout, svg.Render(), "ROC curve: " + string.Join("; ", curves.Select(curve => curve.Name)));
    }

    /// <summary>Lines over epochs, such as train and validation loss.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="series">Name and one value per epoch, from epoch 1.</param>
    public static Figure TrainingCurve(string title, params (string Name, IReadOnlyList<double> Values)[] series)
    {
        double top = series.SelectMany(line => line.Values).Where(double.IsFinite).DefaultIfEmpty(1).Max() * 1.05; // a diverged loss must show too
        int epochs = series.Max(line => line.Values.Count);
        var data = new JsonArray();
        var svg = new SvgChart(title, "epoch", "", (1, Math.Max(2, epochs)), (0, top));
        for (int i = 0; i < series.Length; i++)
        {
            data.Add(Line(series[i].Name, series[i].Values.Select((_, epoch) => epoch + 1.0), series[i].Values, Palette.Of(i), mode: "lines+markers"));
            svg.Path(series[i].Values.Select((value, epoch) => (epoch + 1.0, value)), Palette.Of(i));
        }

        svg.Legend([.. series.Select((line, i) => (line.Name, Palette.Of(i)))], atTop: true);
        JsonObject layout = Figure.BaseLayout(title);
        layout["xaxis"] = Figure.Axis("epoch");
        layout["yaxis"] = Range(Figure.Axis(""), 0, top);
        string last = string.Join("; ", series.Where(line => line.Values.Count > 0).Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Name} ends at {line.Values[^1]:F3}")));
        return new Figure(data, layout, svg.Render(), $"{title} over {epochs} epochs: {last}");
    }

    /// <summary>Bars with their numbers.</summary>
    /// <param name="title">What is counted.</param>
    /// <param name="bars">Name and value, in the order shown.</param>
    public static Figure Bars(string title, IReadOnlyList<(string Name, double Value)> bars)
    {
        double top = bars.Select(bar => bar.Value).DefaultIfEmpty(1).Max() * 1.15;
        var data = new JsonArray
        {
            new JsonObject
            {
                ["type"] = "bar",
                ["x"] = Array(bars.Select(bar => JsonValue.Create(bar.Name))),
                ["y"] = Numbers(bars.Select(bar => bar.Value)),
                ["text"] = Array(bars.Select(bar => JsonValue.Create(bar.Value.ToString("0.###", CultureInfo.InvariantCulture)))),
                ["textposition"] = "outside",
                ["cliponaxis"] = false,
                ["marker"] = new JsonObject { ["color"] = Palette.Of(0) },
                ["hoverinfo"] = "x+y",
            },
        };
        var svg = new SvgChart(title, "", "", (0, bars.Count), (0, top), numbersOnX: false);
        for (int i = 0; i < bars.Count; i++)
        {
            svg.Bar(i + 0.15, i + 0.85, bars[i].Value, Palette.Of(0));
            svg.Text(svg.X(i + 0.5), svg.Y(bars[i].Value) - 4, bars[i].Value.ToString("0.###", CultureInfo.InvariantCulture), "middle");
        }

        svg.Names([.. bars.Select(bar => bar.Name)]);

        JsonObject layout = Figure.BaseLayout(title);
        layout["xaxis"] = new JsonObject { ["linecolor"] = Palette.Axis, ["automargin"] = true };
        layout["yaxis"] = Range(Figure.Axis(""), 0, top);
        return new Figure(data, layout, svg.Render(), title + ": " + string.Join(", ", bars.Select(bar => string.Create(CultureInfo.InvariantCulture, $"{bar.Name} {bar.Value:0.###}"))));
    }

    private static JsonObject Line(string name, IEnumerable<double> x, IEnumerable<double> y, string color, string dash = "solid", string mode = "lines") => new()
    {
        ["type"] = "scatter",
        ["mode"] = mode,
        ["name"] = name,
        ["x"] = Numbers(x),
        ["y"] = Numbers(y),
        ["line"] = new JsonObject { ["color"] = color, ["dash"] = dash, ["width"] = 2 },
    };

    private static JsonObject Range(JsonObject axis, double from, double to)
    {
        axis["range"] = new JsonArray(from, to);
        return axis;
    }

    private static JsonArray Numbers(IEnumerable<double> values) => Array(values.Select(value => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 5)) : null));

    private static JsonArray Array(IEnumerable<JsonNode?> values) => [.. values];
}
