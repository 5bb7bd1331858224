using System.Text.Json.Nodes;
using System.Xml.Linq;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Commands;

public sealed class RunCommandTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_InPlaceTwice_GivesTheSameValidBytes()
    {
        JsonObject notebook = Build.Notebook(
            Build.Markdown("# é 🫁", "m"),
            Build.Code("var x = 1.5; Console.WriteLine(\"a\\nb\");\nx", "a"),
            Build.Code("", "empty"),
            Build.Code("throw new Exception(\"shown\");", "b", "raises-exception"),
            Build.Code("display(HTML(\"<b>é</b>\")); Directory.GetFiles(\".\").Length", "c"));
        notebook["metadata"]!["own"] = new JsonObject { ["kept"] = true };
        folder.Write("n.ipynb", notebook);
        Cli.Result first = await Cli.Run(folder.Path, "run", "n.ipynb", "--in-place");
        Assert.True(first.ExitCode == 0, first.Out + first.Error);
        string once = File.ReadAllText(folder.File("n.ipynb"));
        await Cli.Run(folder.Path, "run", "n.ipynb", "--in-place");
        Assert.Equal(once, File.ReadAllText(folder.File("n.ipynb")));
        JsonObject result = folder.Read("n.ipynb");
        NotebookRules.AssertValid(result);
        Assert.True(result["metadata"]!["own"]!["kept"]!.GetValue<bool>());
        Assert.Equal([1, null, 2, 3], result["cells"]!.AsArray().Skip(1).Select(cell => cell!["execution_count"]?.GetValue<int>()));
        Assert.Equal("1", LiveSession.Text(result["cells"]![4]!["outputs"]![1], "text/plain")); // it runs in the notebook's folder
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Run_FailingNotebookInPlace_LeavesItAndStopsThere()
    {
        string path = folder.Write("a.ipynb", Build.Notebook("Console.WriteLine(1);", "throw new Exception(\"no\");", "3"));
        folder.Write("b.ipynb", Build.Notebook("1"));
        string before = File.ReadAllText(path);
        Cli.Result result = await Cli.Run(folder.Path, "run", ".", "--in-place", "--output", "out", "--junit", "reports/run.xml");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(before, File.ReadAllText(path));
        Assert.Contains("notebooks: 0 passed, 1 failed, 1 skipped", result.Out, StringComparison.Ordinal);
        Assert.Contains("Cell 2, line 1: Exception: no", result.Out, StringComparison.Ordinal);
        JsonObject partial = folder.Read("out/a.ipynb");
        NotebookRules.AssertValid(partial);
        Assert.Equal([1, 2, null], partial["cells"]!.AsArray().Select(cell => cell!["execution_count"]?.GetValue<int>()));
        Assert.False(File.Exists(folder.File("out/b.ipynb")));
        XElement report = XDocument.Load(folder.File("reports/run.xml")).Root!;
        Assert.Equal(["6", "1", "4"], new[] { "tests", "failures", "skipped" }.Select(name => report.Attribute(name)!.Value));
        Assert.Contains("Exception: no", Assert.Single(report.Descendants("failure")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FailingNotebookInPlaceWithoutOutput_KeepsThePartialResult()
    {
        string path = folder.Write("a.ipynb", Build.Notebook("Environment.GetEnvironmentVariable(\"THP_MEM_ALLOC_ENABLE\")", "throw new Exception(\"no\");"));
        string before = File.ReadAllText(path);
        Cli.Result result = await Cli.Run(folder.Path, "run", "a.ipynb", "--in-place");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(before, File.ReadAllText(path));
        JsonObject partial = folder.Read("artifacts/notebooks/a.ipynb");
        NotebookRules.AssertValid(partial);
        Assert.Equal("1", LiveSession.Text(partial["cells"]![0]!["outputs"]![0], "text/plain"));
    }

    [Fact]
    public async Task Run_FailingNotebookInPlaceInTheDefaultFolder_LeavesIt()
    {
        string path = folder.Write("artifacts/notebooks/a.ipynb", Build.Notebook("throw new Exception(\"no\");"));
        string before = File.ReadAllText(path);
        Cli.Result result = await Cli.Run(folder.Path, "run", "artifacts/notebooks/a.ipynb", "--in-place");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Fact]
    public async Task Run_NativeAbortAndMemory_AreReportedAndTheRestRuns()
    {
        folder.Write("1.ipynb", Build.Notebook("var a = 1;", "Console.WriteLine(\"before\");\nEnvironment.FailFast(\"native end\");"));
        JsonObject hungry = Build.Notebook("var block = new byte[300_000_000];\nArray.Fill<byte>(block, 1);");
        hungry["metadata"]!["cxrlab"]!["memory_mb"] = 350;
        folder.Write("2.ipynb", hungry);
        folder.Write("3.ipynb", Build.Notebook(Build.Code("var n = 1;", "p", "parameters"), Build.Code("n + 1", "q")));
        Cli.Result result = await Cli.Run(folder.Path, "run", ".", "--keep-going");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("executed copies go to", result.Out, StringComparison.Ordinal);
        Assert.Contains("Cell 2: the notebook's process ended", result.Out, StringComparison.Ordinal);
        Assert.Contains("over its memory budget", result.Out, StringComparison.Ordinal);
        Assert.Contains("notebooks: 1 passed, 2 failed", result.Out, StringComparison.Ordinal);
        JsonNode crashed = folder.Read("artifacts/notebooks/1.ipynb")["cells"]![1]!;
        Assert.Equal("before\n", MultiLine.FromJson(crashed["outputs"]![0]!["text"]));
        Assert.Contains("native end", string.Concat(crashed["outputs"]![1]!["traceback"]!.AsArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DisplaysThatChange_AreSavedAsTheyEnd()
    {
        folder.Write("n.ipynb", Build.Notebook("var bar = display(\"10 %\");\nbar.Update(\"50 %\");", "Console.WriteLine(\"gone\");\nClearOutput();\nbar.Update(\"done\");"));
        Cli.Result result = await Cli.Run(folder.Path, "run", "n.ipynb", "--in-place");
        Assert.True(result.ExitCode == 0, result.Out + result.Error);
        JsonObject saved = folder.Read("n.ipynb");
        NotebookRules.AssertValid(saved);
        Assert.Equal("done", LiveSession.Text(Assert.Single(saved["cells"]![0]!["outputs"]!.AsArray()), "text/plain"));
        Assert.Empty(saved["cells"]![1]!["outputs"]!.AsArray());
    }

    [Fact]
    public async Task Run_Param_RunsAndSavesTheNewValueInTheCopy()
    {
        folder.Write("n.ipynb", Build.Notebook(Build.Code("var n = 1;", "p", "parameters"), Build.Code("n * 10", "q")));
        Cli.Result result = await Cli.Run(folder.Path, "run", "n.ipynb", "--param", "n=4", "--output", "out");
        Assert.Equal(0, result.ExitCode);
        JsonNode cells = folder.Read("out/n.ipynb")["cells"]!;
        Assert.Equal("var n = 4;", cells[0]!["source"]![0]!.GetValue<string>());
        Assert.Equal("40", LiveSession.Text(cells[1]!["outputs"]![0], "text/plain"));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run", "absent.ipynb")]
    [InlineData("run", "broken.ipynb")]
    [InlineData("run", "n.ipynb", "--param", "n=1")]
    [InlineData("run", "n.ipynb", "--timeout", "-1")]
    [InlineData("run", "n.ipynb", "--unknown")]
    [InlineData("run", "n.ipynb", "--output", ".")]
    [InlineData("check", "broken.ipynb")]
    [InlineData("export", "n.ipynb")]
    public async Task Main_BadUsage_GivesExitCode2AndAReason(params string[] arguments)
    {
        folder.Write("n.ipynb", Build.Notebook("1"));
        folder.Write("broken.ipynb", "{ \"cells\": ");
        Cli.Result result = await Cli.Run(folder.Path, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.NotEmpty(result.Error);
    }
}
