using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Exporting;
using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Session;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Exporting;

public sealed partial class CourseTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pages_Notebook_ShowTextCodeAndRichestOutput()
    {
        string page = Page(
            OutputJson.Stream("stdout", "1 < 2\n"),
            Display(("text/html", "<table id='t'></table>"), ("text/plain", "poor table")),
            Display(("image/png", "AAAA"), ("text/plain", "a heart")),
            Display(("text/html", "<script src=\"https://example.org/a.js\"></script>"), ("text/plain", "in words")),
            OutputJson.Error(new CellFailure("E", "m", ["line <1>"])));
        Assert.Contains("<title>1 · Lungs &amp; hearts – Course</title>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"keyword\">var</span> x = <span class=\"type\">Math</span>.<span class=\"method\">Abs</span>(-<span class=\"number\">1</span>);", page, StringComparison.Ordinal);
        Assert.Contains("1 &lt; 2", page, StringComparison.Ordinal);
        Assert.Contains("<table id='t'></table>", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,AAAA\" alt=\"a heart\"", page, StringComparison.Ordinal);
        Assert.Contains(">in words</pre>", page, StringComparison.Ordinal);
        Assert.Contains("line &lt;1&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("poor table", page, StringComparison.Ordinal);
        AssertNeedsNothing(page);
    }

    [Fact]
    public void Pages_CellsOneAfterAnother_AreColouredAsOneProgram()
    {
        JsonObject json = Build.Notebook("#r \"absent.dll\"\nvar list = new List<int> { 1 };\nlist", "list.Add(2); // more\nint Twice(int n) => 2 * n;", "Twice(list.Count)");
        string page = Pages(("n.ipynb", json))["n.html"];
        Assert.Contains("<span class=\"directive\">#</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"type\">List</span>", page, StringComparison.Ordinal);
        Assert.Contains("<code>list.<span class=\"method\">Add</span>(<span class=\"number\">2</span>); <span class=\"comment\">// more</span>", page, StringComparison.Ordinal);
        Assert.Contains("<code><span class=\"method\">Twice</span>(list.Count)</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_Chart_HasStillPictureDataAndWords()
    {
        JsonObject chart = Display(("application/vnd.plotly.v1+json", "{\"data\":[{\"name\":\"</script><!--\"}]}"), ("image/svg+xml", "<svg id=\"still\"/>"),
            ("text/html", "<b>rich</b>"), ("text/plain", "Bars: a 1, b 2"));
        string page = Page(chart);
        Assert.Contains("aria-label=\"Bars: a 1, b 2\"", page, StringComparison.Ordinal);
        Assert.Contains("<svg id=\"still\"/>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>rich</b>", page, StringComparison.Ordinal);
        string data = Between(page, "<script type=\"application/json\">", "</script>");
        Assert.Equal("</script><!--", JsonNode.Parse(data)!["data"]![0]!["name"]!.GetValue<string>());
        Assert.DoesNotContain("<!--", data, StringComparison.Ordinal);
        AssertNeedsNothing(page);
    }

    [Fact]
    public void Pages_LinksAndPictures_WorkInTheExportedFolder()
    {
        File.WriteAllBytes(folder.File("p.png"), [1, 2, 3]);
        folder.Write("docs/more.md", "# More\nBack to [one](../sub/one.ipynb) and [itself](more.md#more).");
        folder.Write("data.csv", "1");
        JsonObject one = Build.Lecture();
        one["cells"]!.AsArray().Add(Build.Markdown(
            "![a heart](../p.png) [two](../two.ipynb#exercises), [more](../docs/more.md), [table](../data.csv), [out](https://example.org), [here](#exercises)", "links"));
        Dictionary<string, string> pages = Pages(("sub/one.ipynb", one), ("two.ipynb", Build.Lecture()));
        string page = pages["sub/one.html"];
        Assert.Contains("<img src=\"data:image/png;base64,AQID\" alt=\"a heart\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"../two.html#exercises\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"../pages/more.html\"", page, StringComparison.Ordinal);
        Assert.Contains("title=\"in the repository: ../data.csv\">table</span>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"../sub/one.html\"", pages["pages/more.html"], StringComparison.Ordinal);
        Assert.Equal(["index.html", "pages/more.html", "sub/one.html", "two.html"], pages.Keys.Order(StringComparer.Ordinal));
        AssertLinksResolve(pages);
    }

    [Fact]
    public void Pages_Index_NamesEachLectureWithItsObjectivesAndTime()
    {
        Dictionary<string, string> pages = Pages(("1.ipynb", Build.Lecture()), ("2.ipynb", Build.Notebook("1")));
        string index = pages["index.html"];
        foreach (string part in new[] { "href=\"1.html\">1 · Lungs &amp; hearts</a>", "<p>Two words about it.</p>", "<dd>look · count.</dd>", "<dd>a little C#.</dd>", "<dd>a minute to run.</dd>", "href=\"2.html\">2</a>" })
            Assert.Contains(part, index, StringComparison.Ordinal);
        Assert.Contains("rel=\"next\"", pages["1.html"], StringComparison.Ordinal);
        Assert.Contains("rel=\"prev\"", pages["2.html"], StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", pages["1.html"], StringComparison.Ordinal);
        AssertLinksResolve(pages);
    }

    [Fact]
    public void Pages_HeadingsOfOneName_HaveIdsOfTheirOwn()
    {
        JsonObject json = Build.Lecture();
        json["cells"]!.AsArray().Add(Build.Markdown("## Exercises\n### Éxtra `code`\n## Exercises", "again"));
        string page = Pages(("n.ipynb", json))["n.html"];
        foreach (string id in new[] { "exercises", "exercises-2", "exercises-3", "éxtra-code" })
        {
            Assert.Contains($"id=\"{id}\"", page, StringComparison.Ordinal);
            Assert.Contains($"href=\"#{id}\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Main_ExportWithAFormulaThatIsNotKnown_WritesThePageAndSaysWhich()
    {
        JsonObject json = Build.Lecture();
        json["cells"]!.AsArray().Add(Build.Markdown("$a \\foo b$ and $\\frac{1}{2}$", "formula"));
        folder.Write("n.ipynb", json);
        Cli.Result result = await Cli.Run(folder.Path, "export", "n.ipynb", "--html", "site");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("n.ipynb: the formula 'a \\foo b': the command \\foo isn't known", result.Error, StringComparison.Ordinal);
        string page = File.ReadAllText(folder.File("site/n.html"));
        Assert.Contains("<code class=\"bad\">a \\foo b</code>", page, StringComparison.Ordinal);
        Assert.Contains("<mfrac>", page, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("site/index.html")));
    }

    /// <summary>Text on its background, light and dark: 4.5 is what WCAG 2 asks for at level AA.</summary>
    [Theory]
    [InlineData("--paper", 4.5)]
    [InlineData("--raised", 4.5)]
    public void Style_EveryTextColour_HasContrastInLightAndDark(string ground, double wanted)
    {
        Dictionary<string, string[]> colours = LightDark().Matches(HtmlPage.Resource("page.css"))
            .ToDictionary(match => match.Groups[1].Value, match => new[] { match.Groups[2].Value, match.Groups[3].Value });
        string[] texts = ["--ink", "--quiet", "--accent", "--keyword", "--string", "--number", "--comment", "--directive", "--type", "--method"];
        foreach (string text in texts)
            for (int mode = 0; mode < 2; mode++)
                Assert.True(Contrast(colours[text][mode], colours[ground][mode]) >= wanted, $"{text} {colours[text][mode]} on {ground} {colours[ground][mode]}");
    }

    private static double Contrast(string a, string b)
    {
        static double Luminance(string hex) => new[] { 0.2126, 0.7152, 0.0722 }.Select((weight, i) =>
        {
            double v = Convert.ToInt32(hex.Substring(1 + 2 * i, 2), 16) / 255.0;
            return weight * (v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4));
        }).Sum();
        double[] both = [Luminance(a) + 0.05, Luminance(b) + 0.05];
        return both.Max() / both.Min();
    }

    /// <summary>Nothing is loaded, no id comes twice, every picture has words.</summary>
    private static void AssertNeedsNothing(string page)
    {
        Assert.False(OutputHtml.LoadsFromNetwork(page));
        Assert.Contains("Content-Security-Policy\" content=\"default-src 'none'", page, StringComparison.Ordinal);
        Assert.Distinct(Id().Matches(page).Select(match => match.Value));
        Assert.DoesNotMatch("<img(?![^>]*alt=\"[^\"]+\")", page);
        Assert.Single(Regex.Matches(page, "<h1"));
    }

    private static void AssertLinksResolve(Dictionary<string, string> pages)
    {
        foreach ((string address, string text) in pages)
        {
            foreach (string href in Href().Matches(text).Select(match => match.Groups[1].Value).Where(href => !href.StartsWith("http", StringComparison.Ordinal)))
            {
                string[] parts = href.Split('#', 2);
                string target = parts[0].Length == 0 ? address : Path.GetRelativePath("/", Path.GetFullPath(parts[0], Path.GetDirectoryName("/" + address)!));
                Assert.True(pages.ContainsKey(target), $"{address}: {href}");
                if (parts.Length > 1 && parts[1] != "main") Assert.Contains($"id=\"{parts[1]}\"", pages[target], StringComparison.Ordinal);
            }
        }
    }

    private static JsonObject Display(params (string Type, string Value)[] bundle) => OutputJson.Display(bundle.ToDictionary(item => item.Type, item => item.Value));

    private static string Between(string text, string start, string end) => text.Split(start)[1].Split(end)[0];

    private string Page(params JsonObject[] outputs) => Pages(("n.ipynb", Build.Lecture("var x = Math.Abs(-1);", outputs)))["n.html"];

    private Dictionary<string, string> Pages(params (string Name, JsonObject Json)[] notebooks)
    {
        foreach ((string name, JsonObject json) in notebooks) folder.Write(name, json);
        var found = notebooks.Select(item => new NotebookPaths.Found(folder.File(item.Name), item.Name)).ToList();
        return new Course("Course", found).Pages().ToDictionary(page => page.Address, page => page.Text);
    }

    [GeneratedRegex("(--[a-z]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)")]
    private static partial Regex LightDark();

    [GeneratedRegex(" id=\"[^\"]*\"")]
    private static partial Regex Id();

    [GeneratedRegex(" href=\"([^\"]*)\"")]
    private static partial Regex Href();
}
