using System.Diagnostics;
using System.Globalization;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Commands;

/// <summary>However a run ends, no process of it is left.</summary>
public sealed class StoppedRunTests : IDisposable
{
    private const string Hang = "File.WriteAllText(\"id\", Environment.ProcessId.ToString());\nSystem.Threading.Thread.Sleep(-1);";
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_Timeout_EndsTheChildAndNamesTheCell()
    {
        folder.Write("n.ipynb", Build.Notebook("var a = 1;", Hang));
        Cli.Result result = await Cli.Run(folder.Path, "run", "n.ipynb", "--timeout", "5");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Cell 2: still running after 5 s", result.Out, StringComparison.Ordinal);
        await AssertGone(await ChildId());
    }

    [Fact]
    public async Task Run_CrashAfterACellStartedAProcess_EndsThatProcessToo()
    {
        folder.Write("n.ipynb", Build.Notebook(
            "var p = System.Diagnostics.Process.Start(\"sleep\", \"120\");\nFile.WriteAllText(\"id\", p.Id.ToString());\nEnvironment.FailFast(\"end\");"));
        Cli.Result result = await Cli.Run(folder.Path, "run", "n.ipynb");
        Assert.Contains("Cell 1: the notebook's process ended", result.Out, StringComparison.Ordinal);
        await AssertGone(await ChildId());
    }

    [Theory]
    [InlineData("TERM", 130)]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public async Task Run_StoppedBySignal_LeavesNoChildAndAnUntouchedNotebook(string signal, int exitCode)
    {
        string path = folder.Write("n.ipynb", Build.Notebook(Hang));
        string before = File.ReadAllText(path);
        using Process process = Cli.Start(folder.Path, "run", "n.ipynb", "--in-place");
        int child = await ChildId();
        Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(90)).Token);
        Assert.Equal(exitCode, process.ExitCode);
        await AssertGone(child);
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task Run_StoppedWhileACellsOwnProcessRuns_EndsThatProcessToo(string signal)
    {
        folder.Write("n.ipynb", Build.Notebook(
            "var p = System.Diagnostics.Process.Start(\"sleep\", \"120\");\nFile.WriteAllText(\"id\", p.Id.ToString());\np.WaitForExit();"));
        using Process process = Cli.Start(folder.Path, "run", "n.ipynb", "--output", "out", "--junit", "report.xml");
        int sleeper = await ChildId();
        Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(90)).Token);
        await AssertGone(sleeper);
        Assert.Equal(["id", "n.ipynb"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_CellTakesMemoryWithoutEnd_IsEndedAtTwiceItsBudget()
    {
        System.Text.Json.Nodes.JsonObject hungry = Build.Notebook(
            "var blocks = new List<byte[]>();\nwhile (blocks.Count < 200)\n{\n    var block = new byte[50_000_000];\n" +
            "    Array.Fill<byte>(block, 1);\n    blocks.Add(block);\n    System.Threading.Thread.Sleep(100);\n}");
        hungry["metadata"]!["cxrlab"]!["memory_mb"] = 250;
        folder.Write("n.ipynb", hungry);
        Cli.Result result = await Cli.Run(folder.Path, "run", "n.ipynb");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("more than twice its memory budget of 250 MB; ended", result.Out, StringComparison.Ordinal);
    }

    /// <summary>A killed process stays in the system's table until its parent, or the system in its place, has taken note.</summary>
    private static async Task AssertGone(int id)
    {
        for (int i = 0; i < 100 && Cli.IsAlive(id); i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.False(Cli.IsAlive(id));
    }

    /// <summary>The cell writes its process's id; that it is there tells that the cell runs.</summary>
    private async Task<int> ChildId()
    {
        for (int i = 0; i < 1200; i++)
        {
            if (File.Exists(folder.File("id")) && int.TryParse(await File.ReadAllTextAsync(folder.File("id")), CultureInfo.InvariantCulture, out int id)) return id;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException("The cell didn't start within 2 minutes.");
    }
}
