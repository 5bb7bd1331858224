using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Imaging;

namespace CxrLab.Plots;

public static partial class Plot
{
    private const int GalleryMost = 12, GalleryColumns = 4, GallerySide = 144, GalleryGap = 12, GalleryCaption = 20;

    /// <summary>
    /// Small overlays side by side, such as the cases that went worst; the reader's boxes in green, the found ones dashed in orange. Two rows
    /// of four make the figure's usual height.
    /// </summary>
    /// <param name="title">What is shown, and by which order it was chosen.</param>
    /// <param name="items">1 to 12 pictures; the first stands at the top left.</param>
    /// <exception cref="ArgumentException">There is no picture, or more than 12, which would be too heavy to share.</exception>
    public static Figure Gallery(string title, params IReadOnlyList<GalleryItem> items)
    {
        if (items.Count is 0 or > GalleryMost) throw new ArgumentException($"A gallery shows 1 to {GalleryMost} pictures; got {items.Count}.", nameof(items));
        int columns = Math.Min(GalleryColumns, items.Count), rows = (items.Count + columns - 1) / columns;
        int width = columns * (GallerySide + GalleryGap), height = rows * (GallerySide + GalleryCaption);
        var images = new JsonArray();
        var shapes = new JsonArray();
        var notes = new JsonArray();
        var svg = new StringBuilder();
        for (int i = 0; i < items.Count; i++)
        {
            GalleryItem item = items[i];
            int left = i % columns * (GallerySide + GalleryGap), top = (i / columns * (GallerySide + GalleryCaption)) + GalleryCaption;
            double factor = (double)GallerySide / Math.Max(item.Image.Width, item.Image.Height);
            double wide = item.Image.Width * factor, tall = item.Image.Height * factor;
            string source = Jpeg(Small(item, Math.Max(1, (int)tall), Math.Max(1, (int)wide)));
            images.Add(new JsonObject { ["source"] = source, ["xref"] = "x", ["yref"] = "y", ["x"] = left, ["y"] = top, ["sizex"] = wide, ["sizey"] = tall, ["sizing"] = "stretch", ["layer"] = "below" });
            notes.Add(new JsonObject { ["x"] = left, ["y"] = top, ["xanchor"] = "left", ["yanchor"] = "bottom", ["text"] = Figure.Escape(item.Caption), ["showarrow"] = false, ["font"] = new JsonObject { ["size"] = 10 } });
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{left}\" y=\"{top - 5}\" font-size=\"10\">{Figure.Escape(item.Caption)}</text><image x=\"{left}\" y=\"{top}\" width=\"{wide:F1}\" height=\"{tall:F1}\" xlink:href=\"{source}\"/>");
            foreach ((Box box, string color, bool dashed) in (item.Truth ?? []).Select(box => (box, Palette.Truth, false)).Concat((item.Found ?? []).Select(box => (box, Palette.Found, true))))
            {
                Box placed = new(left + (box.X * factor), top + (box.Y * factor), box.Width * factor, box.Height * factor);
                shapes.Add(new JsonObject { ["type"] = "rect", ["x0"] = placed.X, ["y0"] = placed.Y, ["x1"] = placed.Right, ["y1"] = placed.Bottom, ["line"] = new JsonObject { ["color"] = color, ["width"] = 2, ["dash"] = dashed ? "dash" : "solid" } });
                svg.Append(Rectangle(placed, color, dashed ? " stroke-dasharray=\"6 4\"" : ""));
            }
        }

        JsonObject layout = Figure.BaseLayout(title, height + 60);
        layout["width"] = width + 20;
        (layout["images"], layout["shapes"], layout["annotations"]) = (images, shapes, notes);
        layout["xaxis"] = Hidden(0, width);
        layout["yaxis"] = Hidden(height, 0);
        layout["yaxis"]!["scaleanchor"] = "x";
        layout["margin"] = new JsonObject { ["l"] = 10, ["r"] = 10, ["t"] = 40, ["b"] = 10 };
        string still = string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 -26 {width} {height + 26}\" width=\"{width}\" height=\"{height + 26}\" font-family=\"system-ui,sans-serif\" font-size=\"13\" fill=\"{Palette.Ink}\"><title>{Figure.Escape(title)}</title><rect y=\"-26\" width=\"{width}\" height=\"{height + 26}\" fill=\"white\"/><text x=\"2\" y=\"-8\">{Figure.Escape(title)}</text>{svg}</svg>");
        // Plotly draws axes, and so images, only where there is a trace.
        JsonArray data = [new JsonObject { ["type"] = "scatter", ["mode"] = "markers", ["x"] = new JsonArray(0), ["y"] = new JsonArray(0), ["marker"] = new JsonObject { ["opacity"] = 0 }, ["hoverinfo"] = "skip" }];
        return new Figure(data, layout, still, $"{title}: {string.Join("; ", items.Select(item => item.Caption))}");
    }

    private static RgbImage Small(GalleryItem item, int height, int width)
    {
        RgbImage picture = RgbImage.FromGray(item.Image.Resize(height, width));
        if (item.Heat is not null) picture = picture.Blend(Stretched(item.Heat, height, width));
        foreach ((bool[]? mask, (byte, byte, byte) color) in new[] { (item.TruthMask, Palette.TruthInk), (item.FoundMask, Palette.FoundInk) })
            if (mask is not null) picture = picture.DrawOutline(Scaled(mask, item.Image, height, width), color);
        return picture;
    }

    private static bool[] Scaled(bool[] mask, GrayImage image, int height, int width)
    {
        if (mask.Length != image.Pixels.Length) throw new ArgumentException($"A mask of {mask.Length} pixels doesn't fit an image of {image.Width} × {image.Height}.", nameof(mask));
        GrayImage soft = new GrayImage(image.Height, image.Width, System.Array.ConvertAll(mask, inside => inside ? 1f : 0f)).Resize(height, width);
        return [.. soft.Pixels.ToArray().Select(share => share >= 0.5f)];
    }
}
