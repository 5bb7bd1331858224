using System.Text.Json.Nodes;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Session;

public sealed class DisplayTests : IDisposable
{
    private const string Figure = """
        class Figure
        {
            public string Json = "{\"data\":[{\"y\":[1,2]}],\"layout\":{}}";
            public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
            {
                ["application/vnd.plotly.v1+json"] = Json, ["image/png"] = "iVBORw0KGgo=", ["text/html"] = "<b>1</b>\r\n<b>2</b>",
            };
            public override string ToString() => "a figure";
        }
        """;

    private readonly LiveSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Run_ObjectWithToMimeBundle_StoresEveryFormAsJupyterDoes()
    {
        session.Run(Figure);
        JsonNode data = Assert.Single(session.Run("new Figure()"))!["data"]!;
        Assert.Equal(1, data["application/vnd.plotly.v1+json"]!["data"]![0]!["y"]![0]!.GetValue<int>());
        Assert.Equal("iVBORw0KGgo=", data["image/png"]!.GetValue<string>());
        Assert.Equal(["<b>1</b>\n", "<b>2</b>"], data["text/html"]!.AsArray().Select(line => line!.GetValue<string>()));
        Assert.Equal("a figure", data["text/plain"]![0]!.GetValue<string>());
    }

    [Fact]
    public void Run_BundleWithBrokenJson_FailsTheCell()
    {
        session.Run(Figure);
        session.Run("new Figure { Json = \"{\" }");
        Assert.Contains("must be JSON text", session.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ToMimeBundleThrows_FailsTheCellWithThatError()
    {
        session.Run("class Bad { public IReadOnlyDictionary<string, string> ToMimeBundle() => throw new InvalidOperationException(\"no picture\"); }\ndisplay(new Bad());");
        Assert.Equal("no picture", session.Failure!.Message);
        Assert.Contains("   at Cell 1, line 1, in ToMimeBundle", session.Failure.Traceback);
    }

    [Fact]
    public void Run_DisplayFunctions_ShowAtTheirPlace()
    {
        JsonArray outputs = session.Run("display(1); Console.WriteLine(2); 3.Display(); HTML(\"<i>4</i>\")");
        Assert.Equal(["display_data", "stream", "display_data", "execute_result"], outputs.Select(LiveSession.Type));
        Assert.Equal("<i>4</i>", LiveSession.Text(outputs[3], "text/html"));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("new[] { 1.5, 2 }")]
    [InlineData("new List<string> { \"a\" }")]
    public void Run_NumbersAndText_HaveTextPlainOnly(string source) =>
        Assert.Equal("text/plain", Assert.Single(Assert.Single(session.Run(source))!["data"]!.AsObject()).Key);

    [Fact]
    public void Run_Records_BecomeATableWithEncodedText()
    {
        session.Run("record Finding(string Name, double Score);");
        string html = LiveSession.Text(session.Run("new[] { new Finding(\"<Mass>\", 0.5), new Finding(\"Edema\", 0.25) }")[0], "text/html");
        Assert.Contains("<th>Name</th><th>Score</th>", html, StringComparison.Ordinal);
        Assert.Contains("<td>&lt;Mass&gt;</td><td>0.5</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ManyAnonymousRows_AreCutAndSaySo()
    {
        string html = LiveSession.Text(session.Run("Enumerable.Range(0, 1000).Select(i => new { Index = i })")[0], "text/html");
        Assert.Equal(20, html.Split("<td>").Length - 1);
        Assert.Contains("first 20 rows", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Dictionary_BecomesATable() =>
        Assert.Contains("<td>a</td><td>1</td>",
            LiveSession.Text(session.Run("new Dictionary<string, int> { [\"a\"] = 1 }")[0], "text/html"), StringComparison.Ordinal);

    [Fact]
    public void Run_EndlessSequence_IsCut() =>
        Assert.EndsWith(", …]", session.Plain("IEnumerable<int> Ones() { while (true) yield return 1; }\nOnes()"), StringComparison.Ordinal);

    [Fact]
    public void Of_DataFrame_IsKnownByNameAndShowsTypesAndSize()
    {
        string html = Formatting.MimeBundle.Of(new Microsoft.Data.Analysis.DataFrame())["text/html"];
        Assert.Contains("<th>age (Int32)</th>", html, StringComparison.Ordinal);
        Assert.Contains("30 rows × 1 columns; first 20 shown", html, StringComparison.Ordinal);
    }
}
