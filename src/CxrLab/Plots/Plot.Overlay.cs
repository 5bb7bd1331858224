using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Imaging;

namespace CxrLab.Plots;

public static partial class Plot
{
    private const int PictureSide = 320, HeatSide = 64;
    private const double Opacity = 0.6;

    /// <summary>An X-ray with a heat map over it, the reader's boxes in solid green (a colour each where several readers drew) and the found boxes in dashed orange.</summary>
    /// <param name="title">What is explained, such as <c>Cardiomegaly 0.94</c>.</param>
    /// <param name="image">The X-ray.</param>
    /// <param name="heat">[h, w] in [0, 1] at any size up to 64 × 64; laid over the whole image. Null shows the image alone.</param>
    /// <param name="truth">Boxes in the image's pixels.</param>
    /// <param name="found">Boxes in the image's pixels.</param>
    /// <exception cref="ArgumentException">The heat map is larger than 64 × 64; show it at feature resolution.</exception>
    public static Figure Overlay(string title, GrayImage image, float[,]? heat = null, IEnumerable<FindingBox>? truth = null, IEnumerable<Box>? found = null)
    {
        if (heat is not null && (heat.GetLength(0) > HeatSide || heat.GetLength(1) > HeatSide))
            throw new ArgumentException($"A heat map of {heat.GetLength(0)} × {heat.GetLength(1)} makes a figure too heavy to share; pass at most {HeatSide} × {HeatSide}.", nameof(heat));
        double scale = Math.Min(1, (double)PictureSide / Math.Max(image.Width, image.Height));
        GrayImage shown = scale < 1 ? image.Resize(Math.Max(1, (int)(image.Height * scale)), Math.Max(1, (int)(image.Width * scale))) : image;
        FindingBox[] drawn = [.. truth ?? []];
        Box[] detected = [.. found ?? []];
        return new Figure(OverlayTraces(image, heat, drawn, detected), OverlayLayout(title, image, shown, heat is not null), OverlaySvg(title, image, shown, heat, drawn, detected),
            $"{title}: X-ray of {image.Width} × {image.Height} pixels, {drawn.Length} boxes of the reader ({string.Join(", ", drawn.Select(box => box.Finding).Distinct())}), {detected.Length} found{WhereHottest(heat)}.");
    }

    private static string WhereHottest(float[,]? heat)
    {
        if (heat is null) return "";
        int width = heat.GetLength(1), best = 0;
        float[] flat = [.. heat.Cast<float>()];
        for (int i = 0; i < flat.Length; i++)
            if (flat[i] > flat[best]) best = i;
        return string.Create(CultureInfo.InvariantCulture, $"; the heat is highest {(best % width + 0.5) / width:P0} from the left and {(best / width + 0.5) / heat.GetLength(0):P0} from the top");
    }

    private static JsonArray OverlayTraces(GrayImage image, float[,]? heat, FindingBox[] truth, Box[] found)
    {
        var data = new JsonArray();
        if (heat is not null)
        {
            int h = heat.GetLength(0), w = heat.GetLength(1);
            data.Add(new JsonObject
            {
                ["type"] = "heatmap",
                ["z"] = Array(Enumerable.Range(0, h).Select(y => (JsonNode)Numbers(Enumerable.Range(0, w).Select(x => Math.Round((double)heat[y, x], 3))))),
                ["x0"] = image.Width / (2.0 * w),
                ["dx"] = (double)image.Width / w,
                ["y0"] = image.Height / (2.0 * h),
                ["dy"] = (double)image.Height / h,
                ["zmin"] = 0,
                ["zmax"] = 1,
                ["opacity"] = Opacity,
                ["zsmooth"] = "best",
                ["colorscale"] = Array(RgbImage.Heat.Select(stop => (JsonNode)new JsonArray(stop.At, Colour(stop)))),
                ["colorbar"] = new JsonObject { ["thickness"] = 10, ["len"] = 0.8 },
                ["hovertemplate"] = "heat %{z:.2f}<extra></extra>",
            });
        }

        foreach (FindingBox box in truth) data.Add(Outline($"{box.Finding} ({box.Reader ?? "reader"})", box.Box, TruthColor(truth, box), "solid"));
        foreach (Box box in found) data.Add(Outline("found", box, Palette.Found, "dash"));
        return data;
    }

    private static JsonObject Outline(string name, Box box, string color, string dash) =>
        Line(name, [box.X, box.Right, box.Right, box.X, box.X], [box.Y, box.Y, box.Bottom, box.Bottom, box.Y], color, dash);

    private static JsonObject OverlayLayout(string title, GrayImage image, GrayImage shown, bool slider)
    {
        JsonObject layout = Figure.BaseLayout(title);
        layout["width"] = 520;
        layout["images"] = new JsonArray(new JsonObject
        {
            ["source"] = Jpeg(RgbImage.FromGray(shown)),
            ["xref"] = "x",
            ["yref"] = "y",
            ["x"] = 0,
            ["y"] = 0,
            ["sizex"] = image.Width,
            ["sizey"] = image.Height,
            ["sizing"] = "stretch",
            ["layer"] = "below",
        });
        layout["xaxis"] = Hidden(0, image.Width);
        layout["yaxis"] = Hidden(image.Height, 0);
        layout["yaxis"]!["scaleanchor"] = "x";
        layout["legend"] = new JsonObject { ["x"] = 1.18, ["y"] = 1 };
        layout["margin"] = new JsonObject { ["l"] = 10, ["r"] = 10, ["t"] = 40, ["b"] = slider ? 52 : 10 };
        if (slider) layout["sliders"] = new JsonArray(OpacitySlider());
        return layout;
    }

    // The heat map is the first trace.
    private static JsonObject OpacitySlider()
    {
        double[] levels = [0, 0.2, 0.4, Opacity, 0.8, 1];
        return new JsonObject
        {
            ["active"] = System.Array.IndexOf(levels, Opacity),
            ["currentvalue"] = new JsonObject { ["prefix"] = "opacity of the heat " },
            ["pad"] = new JsonObject { ["t"] = 0, ["b"] = 0 },
            ["y"] = 0,
            ["yanchor"] = "top",
            ["ticklen"] = 2,
            ["font"] = new JsonObject { ["size"] = 10 },
            ["steps"] = Array(levels.Select(level => (JsonNode)new JsonObject
            {
                ["label"] = level.ToString("P0", CultureInfo.InvariantCulture),
                ["method"] = "restyle",
                ["args"] = new JsonArray(new JsonObject { ["opacity"] = level }, new JsonArray(0)),
            })),
        };
    }

    // Where there is no heat the X-ray shows as it is.
    private static string Colour((double At, int Red, int Green, int Blue) stop) =>
        string.Create(CultureInfo.InvariantCulture, $"rgba({stop.Red},{stop.Green},{stop.Blue},{Math.Round(stop.At, 2)})");

    private static string Jpeg(RgbImage picture) => "data:image/jpeg;base64," + Convert.ToBase64String(picture.ToJpeg());

    private static JsonObject Hidden(double from, double to) =>
        Range(new JsonObject { ["visible"] = false, ["constrain"] = "domain" }, from, to);

    private static string TruthColor(FindingBox[] truth, FindingBox box)
    {
        string[] readers = [.. truth.Select(one => one.Reader).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return box.Reader is null || readers.Length < 2 ? Palette.Truth : Palette.Of(System.Array.IndexOf(readers, box.Reader));
    }

    private static string OverlaySvg(string title, GrayImage image, GrayImage shown, float[,]? heat, FindingBox[] truth, Box[] found)
    {
        double factor = PictureSide / (double)Math.Max(image.Width, image.Height);
        RgbImage picture = RgbImage.FromGray(shown);
        if (heat is not null) picture = picture.Blend(Stretched(heat, shown.Height, shown.Width));
        var body = new StringBuilder();
        foreach (FindingBox box in truth) body.Append(Rectangle(box.Box.Scale(factor, factor), TruthColor(truth, box), ""));
        foreach (Box box in found) body.Append(Rectangle(box.Scale(factor, factor), Palette.Found, " stroke-dasharray=\"6 4\""));
        double width = image.Width * factor, height = image.Height * factor;
        return string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 -26 {width:F0} {height + 26:F0}\" width=\"{width:F0}\" height=\"{height + 26:F0}\" font-family=\"system-ui,sans-serif\" font-size=\"13\" fill=\"{Palette.Ink}\"><title>{Figure.Escape(title)}</title><rect y=\"-26\" width=\"{width:F0}\" height=\"26\" fill=\"white\"/><text x=\"2\" y=\"-8\">{Figure.Escape(title)}</text><image width=\"{width:F0}\" height=\"{height:F0}\" xlink:href=\"{Jpeg(picture)}\"/>{body}</svg>");
    }

    private static string Rectangle(Box box, string color, string dash) => string.Create(CultureInfo.InvariantCulture,
        $"<rect x=\"{box.X:F1}\" y=\"{box.Y:F1}\" width=\"{box.Width:F1}\" height=\"{box.Height:F1}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\"{dash}/>");

    private static float[,] Stretched(float[,] heat, int height, int width)
    {
        GrayImage smooth = new GrayImage(heat.GetLength(0), heat.GetLength(1), [.. heat.Cast<float>()]).Resize(height, width);
        var stretched = new float[height, width];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) stretched[y, x] = smooth[y, x];
        return stretched;
    }
}
