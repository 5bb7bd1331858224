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
        if (numbersOnX)
        {
            foreach (double value in RoundSteps(minX, maxX))
            {
                Line(value, minY, value, maxY, Palette.Grid);
                Text(X(value), height - Bottom + 16, Number(value), "middle");
            }
        }

        if (numbersOnY)
        {
            foreach (double value in RoundSteps(minY, maxY))
            {
                Line(minX, value, maxX, value, Palette.Grid);
                Text(Left - 6, Y(value) + 4, Number(value), "end");
            }
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

    /// <summary>Names under the bars, the first centred at x = 0.5, the next one at 1.5: slanted where they would run into each other.</summary>
    internal void Names(IReadOnlyList<string> names)
    {
        double room = X(1) - X(0), y = height - Bottom + 15;
        bool slanted = names.Any(name => name.Length * 6.2 > room); // 6.2: a letter of this size
        for (int i = 0; i < names.Count; i++)
        {
            if (!slanted) Text(X(i + 0.5), y, names[i], "middle");
            else body.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate({X(i + 0.5) + 4:F1} {y - 4:F1}) rotate(-22)\" text-anchor=\"end\" font-size=\"10\">{Figure.Escape(names[i])}</text>");
        }
    }

    /// <summary>A legend in the lower right, where ROC curves leave room.</summary>
    internal void Legend(IReadOnlyList<(string Text, string Color)> entries, bool atTop)
    {
        if (entries.Count == 0) return;
        double y = atTop ? Top + 14 : height - Bottom - 10 - 17 * (entries.Count - 1);
        double wide = (entries.Max(entry => entry.Text.Length) * 6.2) + 34; // 6.2: a letter of this size
        body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{width - Right - wide:F0}\" y=\"{y - 13:F0}\" width=\"{wide:F0}\" height=\"{(17 * entries.Count) + 2}\" fill=\"white\" fill-opacity=\"0.8\"/>");
        foreach ((string text, string color) in entries)
        {
            Text(width - Right - 26, y, text, "end");
            body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{width - Right - 20:F0}\" y=\"{y - 8:F0}\" width=\"14\" height=\"8\" fill=\"{color}\"/>");
            y += 17;
        }
    }

    internal string Render() => string.Create(CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"100%\" style=\"max-width:{width}px\" font-family=\"system-ui,sans-serif\" font-size=\"11\" fill=\"{Palette.Ink}\"><rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>{body}</svg>");

    // Multiples of 1, 2 or 5 times a power of ten within the axis, four to nine of them.
    private static IEnumerable<double> RoundSteps(double from, double to)
    {
        double rough = (to - from) / 5, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 } * power;
        for (double i = Math.Ceiling((from / step) - 1e-9); i <= (to / step) + 1e-9; i++) yield return i * step;
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.####", CultureInfo.InvariantCulture);
}
