using System.Globalization;
using System.Text;

namespace CxrLab.Plots;

/// <summary>A still chart with two axes, just enough to stand in for the interactive one.</summary>
internal sealed class SvgChart
{
    private const double Left = 60, Right = 20, Top = 40, Bottom = 48;
    private readonly StringBuilder body = new();
    private readonly double width, height, minX, maxX, minY, maxY;

    internal SvgChart(string title, string xTitle, string yTitle, (double Min, double Max) x, (double Min, double Max) y, double width = 640, double height = 350, bool numbersOnX = true, bool numbersOnY = true)
    {
        (this.width, this.height, minX, maxX, minY, maxY) = (width, height, x.Min, x.Max > x.Min ? x.Max : x.Min + 1, y.Min, y.Max > y.Min ? y.Max : y.Min + 1);
        for (int i = 0; i <= 5; i++)
        {
            double valueX = minX + (maxX - minX) * i / 5, valueY = minY + (maxY - minY) * i / 5;
            if (numbersOnX)
            {
                Line(valueX, minY, valueX, maxY, Palette.Grid);
                Text(X(valueX), height - Bottom + 16, Number(valueX), "middle");
            }

            if (!numbersOnY) continue;
            Line(minX, valueY, maxX, valueY, Palette.Grid);
            Text(Left - 6, Y(valueY) + 4, Number(valueY), "end");
        }

        Line(minX, minY, maxX, minY, Palette.Axis);
        Line(minX, minY, minX, maxY, Palette.Axis);
        Text(14, 22, title, "start", 15);
        Text((Left + width - Right) / 2, height - 10, xTitle, "middle");
        body.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(14 {(height + Top - Bottom) / 2:F0}) rotate(-90)\" text-anchor=\"middle\">{Figure.Escape(yTitle)}</text>");
    }

    internal double X(double value) => Left + (value - minX) / (maxX - minX) * (width - Left - Right);

    internal double Y(double value) => height - Bottom - (value - minY) / (maxY - minY) * (height - Top - Bottom);

    internal void Path(IEnumerable<(double X, double Y)> points, string color, double stroke = 2, string dash = "")
    {
        string joined = string.Join(' ', points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):F1},{Y(point.Y):F1}")));
        body.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{joined}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"{stroke}\"{(dash.Length > 0 ? $" stroke-dasharray=\"{dash}\"" : "")}/>");
    }

    internal void Line(double x1, double y1, double x2, double y2, string color, string dash = "") => Path([(x1, y1), (x2, y2)], color, 1, dash);

    internal void Bar(double from, double to, double value, string color) =>
        body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{X(from):F1}\" y=\"{Y(value):F1}\" width=\"{X(to) - X(from):F1}\" height=\"{Y(minY) - Y(value):F1}\" fill=\"{color}\"/>");

    internal void Text(double x, double y, string text, string anchor, int size = 11) =>
        body.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{Figure.Escape(text)}</text>");

    /// <summary>A legend in the lower right, where ROC curves leave room.</summary>
    internal void Legend(IReadOnlyList<(string Text, string Color)> entries, bool atTop)
    {
        double y = atTop ? Top + 14 : height - Bottom - 10 - 17 * (entries.Count - 1);
        foreach ((string text, string color) in entries)
        {
            Text(width - Right - 26, y, text, "end");
            body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{width - Right - 20:F0}\" y=\"{y - 8:F0}\" width=\"14\" height=\"8\" fill=\"{color}\"/>");
            y += 17;
        }
    }

    internal string Render() => string.Create(CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"100%\" style=\"max-width:{width}px\" font-family=\"system-ui,sans-serif\" font-size=\"11\" fill=\"{Palette.Ink}\"><rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>{body}</svg>");

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
