using System.Text.Json.Nodes;
using CxrLab.Notebooks.Checking;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Checking;

public sealed class HygieneTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Check_CleanNotebook_FindsNothing() => Assert.Empty(Check(Build.Notebook("var url = \"https://example.org/home/a/b\";")));

    [Fact]
    public void Check_BareNotebook_MissesKernelBudgetAndIds()
    {
        JsonObject json = Build.Notebook("1");
        json["metadata"] = new JsonObject();
        json["cells"]![0]!.AsObject().Remove("id");
        Assert.Equal(3, Check(json).Length);
    }

    [Theory]
    [InlineData("var path = \"/home/me/data.csv\";")]
    [InlineData("var path = @\"C:\\Users\\me\\data.csv\";")]
    public void Check_SourceNamesAMachinePath_IsFound(string source) => Assert.Contains("one machine", Assert.Single(Check(Build.Notebook(source))), StringComparison.Ordinal);

    [Fact]
    public void Check_OutputNamesAMachinePath_IsFound()
    {
        JsonObject json = Build.Notebook("1");
        json["cells"]![0]!["outputs"] = new JsonArray(Formatting.OutputJson.Stream("stdout", "saved /tmp/run-1/out.png\n"));
        Assert.StartsWith("Cell 1: its output", Assert.Single(Check(json)), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_LongCellsAndLargeFile_AreFound()
    {
        Assert.Contains("p90 is 13 lines", Assert.Single(Check(Build.Notebook(string.Join('\n', Enumerable.Repeat("//", 13))))), StringComparison.Ordinal);
        Assert.Contains("kB", Assert.Single(Check(Build.Notebook($"// {new string('x', Hygiene.MostBytes)}"))), StringComparison.Ordinal);
    }

    private string[] Check(JsonObject json) => [.. Hygiene.Check(NotebookFile.Read(folder.Write("n.ipynb", json)))];
}
