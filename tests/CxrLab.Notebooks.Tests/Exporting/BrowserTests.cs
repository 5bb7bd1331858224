using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Exporting;
using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Exporting;

/// <summary>A page in a real browser that reaches no network. Skipped where there is no Chromium.</summary>
public sealed class BrowserTests : IDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Page_WithoutNetwork_DrawsItsChartAndItsFormula()
    {
        string page = WriteCourse();
        string dom = await Browse("--virtual-time-budget=20000", "--dump-dom", page);
        Assert.Contains("class=\"chart drawn\"", dom, StringComparison.Ordinal);
        Assert.Matches("<svg class=\"main-svg\"", dom);
        Assert.Contains("aria-pressed=", dom, StringComparison.Ordinal);
        Assert.Contains("<mfrac>", dom, StringComparison.Ordinal);
        // plotly.js is there, and once.
        Assert.Single(Regex.Matches(File.ReadAllText(new Uri(page).LocalPath), "plotly\\.js v\\d"));
    }

    [Fact]
    public async Task Page_Printed_IsAPdfOfSomePages()
    {
        string pdf = folder.File("page.pdf");
        await Browse("--virtual-time-budget=20000", "--no-pdf-header-footer", $"--print-to-pdf={pdf}", WriteCourse());
        Assert.StartsWith("%PDF", File.ReadAllText(pdf), StringComparison.Ordinal);
        Assert.InRange(new FileInfo(pdf).Length, 10_000, 2_000_000);
    }

    /// <summary>The chart's library is in the packages that the notebook asks for, and nowhere else.</summary>
    [Fact]
    public async Task Page_ChartOfAPackage_IsDrawn()
    {
        if (!File.Exists(Chromium)) Assert.Skip("Chromium isn't installed.");
        JsonObject json = Build.Lecture("using Plotly.NET.CSharp;\nChart.Line<int, int, string>(new[] { 1, 2, 3 }, new[] { 2, 4, 3 })");
        json["cells"]!.AsArray().Insert(1, Build.Code("#load \"charts.csx\"", "charts"));
        folder.Write("charts.csx", "#r \"nuget: Plotly.NET.CSharp, 0.14.0\"\n");
        folder.Write("n.ipynb", json);
        Cli.Result run = await Cli.Run(folder.Path, "run", "n.ipynb", "--in-place");
        Assert.SkipWhen(run.Out.Contains("There is no package", StringComparison.Ordinal) || run.Out.Contains("can't be reached", StringComparison.Ordinal), "The package isn't served here.");
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Cli.Result export = await Cli.Run(folder.Path, "export", "n.ipynb", "--html", "site");
        Assert.True(export.ExitCode == 0, export.Out + export.Error);
        string dom = await Browse("--virtual-time-budget=20000", "--dump-dom", new Uri(folder.File("site/n.html")).AbsoluteUri);
        Assert.Contains("class=\"chart drawn\"", dom, StringComparison.Ordinal);
        Assert.Matches("<svg class=\"main-svg\"", dom);
    }

    private string WriteCourse()
    {
        string library = Path.GetFullPath("../../../../../src/CxrLab/bin/Release/net10.0", AppContext.BaseDirectory);
        if (!File.Exists(Path.Combine(library, "Plotly.NET.dll"))) Assert.Skip("CxrLab isn't built: plotly.js comes from beside its dll.");
        if (!File.Exists(Chromium)) Assert.Skip("Chromium isn't installed.");
        JsonObject chart = OutputJson.Display(new Dictionary<string, string>
        {
            ["application/vnd.plotly.v1+json"] = "{\"data\":[{\"type\":\"bar\",\"x\":[\"a\",\"b\"],\"y\":[1,2]}],\"layout\":{\"title\":{\"text\":\"t\"},\"height\":300}}",
            ["image/svg+xml"] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"50\"><rect width=\"9\" height=\"9\"/></svg>",
            ["text/plain"] = "t: a 1, b 2",
        });
        JsonObject json = Build.Lecture($"#r \"{library}/CxrLab.dll\"\n1", chart);
        json["cells"]!.AsArray().Add(Build.Markdown("$$\\frac{1}{2}$$", "formula"));
        folder.Write("n.ipynb", json);
        foreach ((string address, string text) in new Course("Course", [new NotebookPaths.Found(folder.File("n.ipynb"), "n.ipynb")]).Pages())
            WholeFile.Write(folder.File(address), text);
        return new Uri(folder.File("n.html")).AbsoluteUri;
    }

    private async Task<string> Browse(params string[] arguments)
    {
        var info = new ProcessStartInfo(Chromium,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND", $"--user-data-dir={folder.File("profile")}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
