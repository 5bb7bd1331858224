using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CxrLab.Explain;
using CxrLab.Imaging;
using CxrLab.Plots;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Plots;

public partial class PlotTests
{
    private static readonly (double FalsePositiveRate, double TruePositiveRate)[] Curve = [(0, 0), (0.2, 0.7), (1, 1)];

    public static TheoryData<string> Kinds => new("roc", "training", "bars", "grouped", "intervals", "heatmap", "bands", "precision", "reliability", "scores", "overlay", "plain", "perturbation", "gallery", "surface", "outlines");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ToJson_EveryFigure_HasDataAndLayout(string kind)
    {
        using JsonDocument json = JsonDocument.Parse(Make(kind).ToJson());
        Assert.Equal(["data", "layout"], json.RootElement.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.All(json.RootElement.GetProperty("data").EnumerateArray(), trace => Assert.NotEmpty(trace.GetProperty("type").GetString()!));
        JsonElement layout = json.RootElement.GetProperty("layout");
        Assert.InRange(layout.GetProperty("height").GetInt32(), 100, kind is "heatmap" or "scores" ? 560 : 350);
        Assert.NotEmpty(layout.GetProperty("title").GetProperty("text").GetString()!);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ToHtml_EveryFigure_NeedsNoNetworkAndCarriesNoLibrary(string kind)
    {
        string html = Make(kind).ToHtml();
        Assert.InRange(html.Length, 500, kind is "overlay" or "gallery" or "outlines" ? 200_000 : 60_000); // noise is the worst of pictures; plotly.js alone has 3.6 MB
        Assert.DoesNotContain("src=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("require(", html, StringComparison.Ordinal);
        Assert.All(Address().Matches(html), match => Assert.StartsWith("http://www.w3.org/", match.Value, StringComparison.Ordinal));
        Assert.Equal(1, html.Split("</script").Length - 1);
        Assert.Equal(html, Make(kind).ToHtml()); // running again gives the same output
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Svg_EveryFigure_IsXmlWithItsTitleAndMarks(string kind)
    {
        XElement svg = XElement.Parse(Make(kind).Svg);
        Assert.Equal("{http://www.w3.org/2000/svg}svg", svg.Name.ToString());
        Assert.Contains(svg.Descendants(), element => element.Name.LocalName == "text");
        Assert.All(svg.Descendants().Attributes(), attribute => Assert.DoesNotContain("NaN", attribute.Value, StringComparison.Ordinal));
        // One rect is the background; two lines are axes and five the grid of "intervals", whose two rows have a bar and a dot each and one blind mark.
        (string marks, int least) = kind switch { "roc" or "training" or "perturbation" or "reliability" => ("polyline", 3), "bands" or "precision" => ("polyline", 6), "scores" => ("rect", 7), "intervals" => ("polyline", 12), "surface" => ("polygon", 6), "bars" or "grouped" or "heatmap" => ("rect", 3), _ => ("image", 1) };
        Assert.True(svg.Descendants().Count(element => element.Name.LocalName == marks) >= least, marks);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ToMimeBundle_EveryFigure_HasFourForms(string kind)
    {
        Figure figure = Make(kind);
        IReadOnlyDictionary<string, string> bundle = figure.ToMimeBundle();
        Assert.Equal(["application/vnd.plotly.v1+json", "image/svg+xml", "text/html", "text/plain"], bundle.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((figure.ToJson(), figure.Svg, figure.ToHtml(), figure.ToString()),
            (bundle["application/vnd.plotly.v1+json"], bundle["image/svg+xml"], bundle["text/html"], bundle["text/plain"]));
    }

    [Fact]
    public void Make_GermanCulture_GivesTheSameFigure()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        foreach (string kind in new[] { "roc", "training", "bars", "overlay", "perturbation", "gallery" })
        {
            Figure expected = Make(kind);
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            try
            {
                Figure figure = Make(kind);
                Assert.Equal((expected.ToHtml(), expected.Text), (figure.ToHtml(), figure.Text));
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    [Fact]
    public void ToHtml_MarkupInNames_IsOnlyText()
    {
        Figure figure = Plot.Bars("a <b> & \"c\"</script><script>alert(1)</script>", [("</script><img>", 1)]);
        Assert.DoesNotContain("<script>alert", figure.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("<img>", figure.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("a <b> & \"c\"", XElement.Parse(figure.Svg).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Roc_Curve_KeepsItsPoints()
    {
        using JsonDocument json = JsonDocument.Parse(Plot.Roc(("CxrNet 0.91", Curve)).ToJson());
        JsonElement trace = json.RootElement.GetProperty("data")[1];
        Assert.Equal("CxrNet 0.91", trace.GetProperty("name").GetString());
        Assert.Equal([0, 0.2, 1], trace.GetProperty("x").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal([0, 0.7, 1], trace.GetProperty("y").EnumerateArray().Select(value => value.GetDouble()));
    }

    [Fact]
    public void Overlay_LargeHeat_IsRefused()
    {
        var image = new GrayImage(4, 4, new float[16]);
        Assert.Throws<ArgumentException>(() => Plot.Overlay("x", image, new float[65, 2]));
        Assert.NotNull(Plot.Overlay("x", image, new float[64, 64]));
    }

    [Fact]
    public void Overlay_RealXRays_StayLightEnoughToShare()
    {
        string[] files = [.. Directory.GetFiles(RealData.Require("nih", "images"), "*.png").Order(StringComparer.Ordinal).Take(3)];
        Assert.All(files, file => Assert.InRange(Plot.Overlay("X-ray", GrayImage.Read(file), new float[,] { { 0, 1 }, { 0.5f, 0 } }).ToHtml().Length, 1_000, 120_000));
    }

    [Fact]
    public void Overlay_Slider_ChangesTheHeatsOpacity()
    {
        using JsonDocument json = JsonDocument.Parse(Make("overlay").ToJson());
        JsonElement slider = json.RootElement.GetProperty("layout").GetProperty("sliders")[0], steps = slider.GetProperty("steps");
        Assert.Equal("heatmap", json.RootElement.GetProperty("data")[0].GetProperty("type").GetString());
        Assert.All(steps.EnumerateArray(), step => Assert.Equal(("restyle", 0), (step.GetProperty("method").GetString(), step.GetProperty("args")[1][0].GetInt32())));
        double shown = steps[slider.GetProperty("active").GetInt32()].GetProperty("args")[0].GetProperty("opacity").GetDouble();
        Assert.Equal(json.RootElement.GetProperty("data")[0].GetProperty("opacity").GetDouble(), shown);
        // Names of colour scales differ between libraries; the stops themselves don't.
        Assert.Equal("rgba(60,10,90,0)", json.RootElement.GetProperty("data")[0].GetProperty("colorscale")[0][1].GetString());
        Assert.False(JsonDocument.Parse(Make("plain").ToJson()).RootElement.GetProperty("layout").TryGetProperty("sliders", out _));
        Assert.Contains("highest 25 % from the left and 75 % from the top", Make("overlay").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Gallery_NoneOrTooMany_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Plot.Gallery("x", []));
        Assert.Throws<ArgumentException>(() => Plot.Gallery("x", [.. Enumerable.Repeat(new GalleryItem("a", new GrayImage(2, 2, new float[4])), 13)]));
    }

    [Fact]
    public void Overlay_VeryWideImage_IsDrawn() =>
        Assert.NotEmpty(XElement.Parse(Plot.Overlay("x", new GrayImage(1, 1000, new float[1000])).Svg).Elements());

    [Fact]
    public void TrainingCurve_ValueNotANumber_LeavesAGap()
    {
        Figure figure = Plot.TrainingCurve("loss", ("train", [0.5, double.NaN, 0.3]));
        using JsonDocument json = JsonDocument.Parse(figure.ToJson());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("data")[0].GetProperty("y")[1].ValueKind);
        Assert.DoesNotContain("NaN", figure.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void TrainingCurve_Diverged_IsStillDrawn()
    {
        Figure figure = Plot.TrainingCurve("loss", ("train", [0.5, double.PositiveInfinity]), ("none", []));
        Assert.DoesNotContain("NaN", figure.Svg, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(figure.ToJson());
        Assert.True(double.IsFinite(json.RootElement.GetProperty("layout").GetProperty("yaxis").GetProperty("range")[1].GetDouble()));
    }

    [Fact]
    public void SaveHtml_Page_CarriesTheLibrary()
    {
        using var folder = new TempFolder();
        Make("bars").SaveHtml(folder.File("a.html"));
        string page = File.ReadAllText(folder.File("a.html"));
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains(PlotlyScript.Html, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script src", page, StringComparison.Ordinal);
    }

    [Fact]
    public void PlotlyScript_Html_IsOneWrappedScript()
    {
        string html = PlotlyScript.Html;
        Assert.True(html.Length > 3_000_000);
        Assert.StartsWith("<script>(function () { var define, module, exports;", html, StringComparison.Ordinal);
        Assert.EndsWith("}).call(window);</script>", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("</script").Length - 1);
        Assert.Contains("plotly.js v2", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Overlay_SeveralReaders_HaveAColourEach()
    {
        FindingBox Box(string? reader) => new("Mass", new Box(1, 1, 20, 20), reader);
        string Colours(params FindingBox[] boxes) => string.Join(',', Plot.Overlay("X", Noise(40, 40), truth: boxes).Data.Select(trace => trace!["line"]?["color"]?.ToString()).OfType<string>());
        Assert.Equal(3, Colours(Box("R1"), Box("R2"), Box("R9")).Split(',').Distinct().Count());
        Assert.Equal(Colours(Box(null)), Colours(Box("R1"))); // one reader alone is the reader
    }

    [Fact]
    public void Surface_UnfitSizes_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Plot.Surface("x", ("a", [0, 1]), ("b", [0, 1, 2]), ("z", new double[2, 3])));
        Assert.Throws<ArgumentException>(() => Plot.Surface("x", ("a", [0]), ("b", [0, 1]), ("z", new double[2, 1])));
    }

    [Fact]
    public void Gallery_MaskOfAnotherSize_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Plot.Gallery("x", new GalleryItem("a", new GrayImage(2, 2, new float[4])) { FoundMask = new bool[3] }));

    private static Figure Make(string kind) => kind switch
    {
        "surface" => Plot.Surface("loss", ("a", [0, 0.5, 1]), ("b", [0, 0.5, 1, 1.5]), ("loss", new double[,] { { 0, 1, 2 }, { 1, 2, 3 }, { 2, 3, 4 }, { 1, 1, 1 } })),
        "outlines" => Plot.Gallery("worst", new GalleryItem("a · Dice 0.50", Noise(16, 16)) { TruthMask = new bool[256], FoundMask = [.. Enumerable.Range(0, 256).Select(i => i % 16 < 8)] }),
        "roc" => Plot.Roc(("CxrNet 0.91 [0.88, 0.93]", Curve), ("blind", [(0, 0), (1, 1)])),
        "training" => Plot.TrainingCurve("Loss", ("train", [0.7, 0.51234, 0.4]), ("validation", [0.71, 0.6])),
        "bars" => Plot.Bars("Positives", [("Mass", 12), ("Edema", 3.5), ("Hernia", 0)]),
        "perturbation" => Plot.Perturbation("Grad-CAM", ("deletion", new PerturbationCurve("deletion", [0, 0.5, 1], [0.9, 0.2, 0.1])), ("insertion", new PerturbationCurve("insertion", [0, 0.5, 1], [0.1, 0.7, 0.9]))),
        "gallery" => Plot.Gallery("Worst by IoU", [.. Enumerable.Range(0, 12).Select(i => new GalleryItem($"case {i} · IoU 0.0{i}", Noise(256, 200), new float[,] { { 0, 0.5f }, { 1, 0.25f } }, [new Box(20, 30, 80, 90)], [new Box(60, 70, 50.5, 40)]))]),
        "grouped" => Plot.GroupedBars("Rules", ["Mass", "Edema"], ("all", [1, 0]), ("any", [3, 2.5])),
        "intervals" => Plot.Intervals("F1 by finding", "F1", [("Mass", 0.8, 0.6, 0.9, 0.1), ("Edema", 0.5, 0.2, 0.7, double.NaN)]),
        "heatmap" => Plot.HeatMap("Together", ["Mass", "Edema"], new double[,] { { 3, 1 }, { 1, 0 } }),
        "bands" => Plot.RocBands(("net", [new(0, 0, 0, 0.2), new(0.5, 0.8, 0.7, 0.9), new(1, 1, 1, 1)])),
        "precision" => Plot.PrecisionRecallBands(0.1, ("net", [new(0, 1, 0.9, 1), new(1, 0.3, double.NaN, double.NaN)])),
        "reliability" => Plot.Reliability(("raw", CxrLab.Metrics.Reliability.Compute([0.1, 0.2, 0.9], [false, true, true]))),
        "scores" => Plot.ScoreTable("Localisation", ["Mass", "Edema"], ["0.1", "0.3", "0.5"], new[,] { { 0.9, 0.5, double.NaN }, { 0.2, 0.1, 0 } }),
        "plain" => Plot.Overlay("X-ray", Noise(90, 70)),
        _ => Plot.Overlay("Cardiomegaly 0.94", Noise(600, 500), new float[,] { { 0, 0.5f }, { 1, 0.25f } },
            [new FindingBox("Cardiomegaly", new Box(100, 200, 250, 180))], [new Box(90.5, 210.25, 240, 170)]),
    };

    private static GrayImage Noise(int height, int width)
    {
        Random random = Seed.Random(1);
        return new GrayImage(height, width, [.. Enumerable.Range(0, height * width).Select(i => (i % width / (float)width + random.NextSingle() / 20) / 1.1f)]);
    }

    [GeneratedRegex("https?://[^\"' <]*")]
    private static partial Regex Address();
}
