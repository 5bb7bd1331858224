using System.Text.Json.Nodes;
using CxrLab.Notebooks.Checking;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Session;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Checking;

public sealed class HygieneTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Check_CleanLecture_FindsNothing() => Assert.Empty(Check(Build.Lecture("var url = \"https://example.org/home/a/b\";")));

    [Fact]
    public void Check_BareNotebook_MissesEverythingALectureNeeds()
    {
        JsonObject json = Build.Notebook("1");
        json["metadata"] = new JsonObject();
        json["cells"]![0]!.AsObject().Remove("id");
        string[] rules = [.. Check(json).Select(finding => finding.Rule)];
        Assert.Equal(["metadata", "metadata", "ids", "order", "lesson", "lesson", "lesson", "lesson", "lesson", "exercises"], rules);
    }

    [Theory]
    [InlineData("var path = \"/home/me/data.csv\";", "machine-path")]
    [InlineData("var path = @\"C:\\Users\\me\\data.csv\";", "machine-path")]
    public void Check_CodeCell_IsFoundWithItsNumberAndPlace(string source, string rule)
    {
        Finding found = Assert.Single(Check(Build.Lecture(source)));
        Assert.Equal((rule, 3, 6, "last"), (found.Rule, found.Cell!.Value, found.Place!.Value, found.Id));
        Assert.StartsWith("Cell 3: ", found.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> BadOutputs => new()
    {
        { OutputJson.Stream("stdout", "saved /tmp/run-1/out.png\n").ToJsonString(), "machine-path" },
        { OutputJson.Error(new CellFailure("DivideByZeroException", "by zero", ["at"])).ToJsonString(), "error-output" },
        { Html($"<script>{new string('x', 200_000)}</script>"), "script" },
        { Html("<script>/** plotly.js v2.28.0 */</script>"), "script" },
        { Html("<script src=\"https://cdn.plot.ly/plotly.min.js\"></script>"), "network" },
        { Html("<img src='//example.org/a.png'>"), "network" },
        { Html("<link rel=stylesheet href=style.css>"), "network" },
    };

    [Theory]
    [MemberData(nameof(BadOutputs))]
    public void Check_BadOutput_IsFound(string output, string rule) =>
        Assert.Equal((rule, 3), Check(Build.Lecture("1", (JsonObject)JsonNode.Parse(output)!)).Select(finding => (finding.Rule, finding.Cell!.Value)).Single());

    [Fact]
    public void Check_LinkToFollow_IsNoLoad() => Assert.Empty(Check(Build.Lecture("1", (JsonObject)JsonNode.Parse(Html("<a href=\"https://example.org\">x</a>"))!)));

    [Fact]
    public void Check_ErrorThatIsMeantToBeSeen_IsFine()
    {
        JsonObject json = Build.Lecture("1", OutputJson.Error(new CellFailure("E", "m", [])));
        json["cells"]![5]!["metadata"] = new JsonObject { ["tags"] = new JsonArray("raises-exception") };
        Assert.Empty(Check(json));
    }

    [Theory]
    [InlineData("See [this](absent.md).", "leads nowhere")]
    [InlineData("![a heart](absent.png)", "isn't there")]
    [InlineData("![a heart](https://example.org/heart.png)", "in the network")]
    [InlineData("![](picture.png)", "has no words")]
    [InlineData("So $a \\unknown b$.", "\\unknown isn't known")]
    [InlineData("$$\\frac{a}{b$$", "'}' is missing")]
    [InlineData("<img src=\"a.png\">", "<img> tag")]
    public void Check_TextCell_IsFoundWithItsPlace(string text, string expected)
    {
        File.WriteAllBytes(folder.File("picture.png"), [1]);
        JsonObject json = Build.Lecture();
        json["cells"]!.AsArray().Add(Build.Markdown(text, "text"));
        Finding found = Assert.Single(Check(json));
        Assert.Contains(expected, found.Message, StringComparison.Ordinal);
        Assert.Equal(("markdown", 7, null as int?), (found.Rule, found.Place!.Value, found.Cell));
    }

    [Theory]
    [InlineData("2. Two.\n3. Three.", "", "has 1 exercises")]
    [InlineData("## Exercises", "## Questions", "no exercises")]
    [InlineData("Worked solutions", "More", "no worked solutions")]
    [InlineData("**You will**", "We", "no objectives")]
    [InlineData("**You need**", "**Have**", "no prerequisites")]
    [InlineData("**Time**", "time", "how long")]
    [InlineData("not for clinical use", "nor fun", "notice")]
    [InlineData("# 1 ·", "1 ·", "title")]
    public void Check_LectureWithoutAPart_IsFound(string part, string instead, string expected)
    {
        JsonObject json = Build.Lecture();
        foreach (JsonNode? cell in json["cells"]!.AsArray())
            cell!["source"] = MultiLine.ToJson(MultiLine.FromJson(cell["source"]).Replace(part, instead, StringComparison.Ordinal));
        Assert.Contains(expected, Assert.Single(Check(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_CellsRunOutOfOrder_AreFound()
    {
        JsonObject json = Build.Lecture();
        json["cells"]![3]!["execution_count"] = 7;
        json["cells"]![5]!["execution_count"] = null;
        Assert.Equal(["Cell 2: it was run as number 7, not 2.", "Cell 3: it was run as number none, not 3."],
            Check(json).Select(finding => finding.ToString().Split(" 'cxrnb")[0]));
    }

    [Fact]
    public void Check_LongCellLargeFileAndSharedId_AreFoundInTheirCells()
    {
        Finding found = Assert.Single(Check(Build.Lecture(string.Join('\n', Enumerable.Repeat("//", 13)))));
        Assert.Equal(("length", 3), (found.Rule, found.Cell!.Value));
        Assert.Equal("size", Assert.Single(Check(Build.Lecture($"// {new string('x', FileRules.MostBytes)}"))).Rule);
        JsonObject twins = Build.Lecture();
        twins["cells"]![5]!["id"] = "check";
        Assert.Contains("2 cells share the id 'check'", Assert.Single(Check(twins)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Main_CheckJson_GivesEveryFindingAndExitCode1()
    {
        folder.Write("a.ipynb", Build.Lecture());
        folder.Write("b.ipynb", Build.Lecture("var path = \"/home/me/data.csv\";"));
        Cli.Result result = await Cli.Run(folder.Path, "check", ".", "--json");
        Assert.Equal(1, result.ExitCode);
        JsonArray notebooks = JsonNode.Parse(result.Out)!.AsArray();
        Assert.Equal(["./a.ipynb", "./b.ipynb"], notebooks.Select(item => item!["notebook"]!.GetValue<string>()));
        Assert.Empty(notebooks[0]!["findings"]!.AsArray());
        JsonNode finding = Assert.Single(notebooks[1]!["findings"]!.AsArray())!;
        Assert.Equal("machine-path", finding["rule"]!.GetValue<string>());
        Assert.Equal(3, finding["cell"]!.GetValue<int>());
        Assert.NotEmpty(finding["fix"]!.GetValue<string>());
    }

    private static string Html(string markup) =>
        OutputJson.Display(new Dictionary<string, string> { ["text/html"] = markup, ["text/plain"] = "x" }).ToJsonString();

    private IReadOnlyList<Finding> Check(JsonObject json) => Hygiene.Check(NotebookFile.Read(folder.Write("n.ipynb", json)));
}
