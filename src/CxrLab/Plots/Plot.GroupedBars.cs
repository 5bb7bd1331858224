using System.Globalization;
using System.Text.Json.Nodes;

namespace CxrLab.Plots;

public static partial class Plot
{
    /// <summary>Bars side by side: several series over the same names.</summary>
    /// <param name="title">What is compared.</param>
    /// <param name="names">Names along the axis.</param>
    /// <param name="series">Name of the series and one value per name.</param>
    public static Figure GroupedBars(string title, IReadOnlyList<string> names, params (string Name, IReadOnlyList<double> Values)[] series)
    {
        double top = series.SelectMany(one => one.Values).Where(double.IsFinite).DefaultIfEmpty(1).Max() * 1.15;
        var data = new JsonArray();
        var svg = new SvgChart(title, "", "", (0, names.Count), (0, top), numbersOnX: false);
        for (int s = 0; s < series.Length; s++)
        {
            data.Add(new JsonObject
            {
                ["type"] = "bar",
                ["name"] = series[s].Name,
                ["x"] = Array(names.Select(name => JsonValue.Create(name))),
                ["y"] = Numbers(series[s].Values),
                ["marker"] = new JsonObject { ["color"] = Palette.Of(s) },
                ["hovertemplate"] = "%{x}: %{y:.3~g}<extra>" + Figure.Escape(series[s].Name) + "</extra>",
            });
            double width = 0.8 / series.Length;
            for (int i = 0; i < names.Count; i++) svg.Bar(i + 0.1 + (s * width), i + 0.1 + ((s + 1) * width), series[s].Values[i], Palette.Of(s));
        }

        svg.Names(names);
        svg.Legend([.. series.Select((one, s) => (one.Name, Palette.Of(s)))], atTop: true);
        JsonObject layout = Figure.BaseLayout(title);
        layout["margin"]!["t"] = 72; // title, then legend
        layout["barmode"] = "group";
        layout["xaxis"] = new JsonObject { ["linecolor"] = Palette.Axis, ["automargin"] = true };
        layout["yaxis"] = Range(Figure.Axis(""), 0, top);
        layout["legend"] = new JsonObject { ["orientation"] = "h", ["x"] = 0, ["y"] = 1.0, ["yanchor"] = "bottom" };
        string said = string.Join("; ", series.Select(one => one.Name + " " + string.Join(", ", names.Zip(one.Values, (name, value) => string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.###}")))));
        return new Figure(data, layout, svg.Render(), $"{title}: {said}");
    }
}
