using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Exporting;
using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Session;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Exporting;

public sealed class HtmlPageTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_Notebook_ShowsTextCodeAndRichestOutput()
    {
        string page = Page(
            OutputJson.Stream("stdout", "1 < 2\n"),
            OutputJson.Display(new Dictionary<string, string> { ["text/html"] = "<table id='t'></table>", ["text/plain"] = "poor" }),
            OutputJson.Display(new Dictionary<string, string> { ["image/png"] = "AAAA", ["text/plain"] = "poor" }),
            OutputJson.Error(new CellFailure("E", "m", ["line <1>"])));
        Assert.Contains("<title>Lungs &amp; hearts</title>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"keyword\">var</span> x = <span class=\"number\">1</span>;", page, StringComparison.Ordinal);
        Assert.Contains("1 &lt; 2", page, StringComparison.Ordinal);
        Assert.Contains("<table id='t'></table>", page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,AAAA\"", page, StringComparison.Ordinal);
        Assert.Contains("line &lt;1&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("poor", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_PlotlyJson_DrawsItWhereTheScriptIsThere()
    {
        var chart = OutputJson.Display(new Dictionary<string, string>
        {
            ["application/vnd.plotly.v1+json"] = "{\"data\":[{\"name\":\"</script>\"}]}",
            ["text/plain"] = "chart",
        });
        string page = Page(chart);
        Assert.Contains("Plotly.newPlot(\"output-2-0\"", page, StringComparison.Ordinal);
        Assert.Single(page.Split("</script>")[1..]); // the one in the chart's own text must not end the element
    }

    [Fact]
    public void Of_PictureBesideTheNotebook_IsPutIntoThePage()
    {
        File.WriteAllBytes(folder.File("p.png"), [1, 2, 3]);
        Assert.Contains("data:image/png;base64,AQID", Page(), StringComparison.Ordinal);
    }

    private string Page(params JsonObject[] outputs)
    {
        JsonObject code = Build.Code("var x = 1;", "c");
        code["outputs"] = new JsonArray([.. outputs]);
        code["execution_count"] = 1;
        JsonObject notebook = Build.Notebook(Build.Markdown("# Lungs & hearts", "m"), Build.Markdown("![a](p.png)", "n"), code);
        return HtmlPage.Of(NotebookFile.Read(folder.Write("n.ipynb", notebook)));
    }
}
