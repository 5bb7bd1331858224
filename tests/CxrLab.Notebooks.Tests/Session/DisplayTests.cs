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

    [Fact]
    public void Update_LaterCell_ChangesTheEarlierOutput()
    {
        JsonArray first = session.Run("var bar = display(\"0 %\", \"text/html\"); Console.WriteLine(1);");
        Assert.Empty(session.Run("bar.Update(HTML(\"<b>100 %</b>\"));"));
        Assert.Equal("<b>100 %</b>", LiveSession.Text(first[0], "text/html"));
    }

    [Fact]
    public void Run_DisplayAsTrailingExpression_ShowsOnce() => Assert.Single(session.Run("display(1)"));

    [Fact]
    public void Display_NamedMimeType_GivesThatAndText()
    {
        JsonNode data = session.Run("new[] { new { A = 1 } }.Display(\"text/html\"); \"x\".Display(\"application/json\");")[0]!["data"]!;
        Assert.Equal(["text/html", "text/plain"], data.AsObject().Select(item => item.Key));
    }

    [Fact]
    public void Register_GenericType_FitsItsInstances()
    {
        session.Run("class Box<T> { public T Value; }");
        session.Run("Formatter.Register(typeof(Box<>), (value, writer) => writer.Write(\"<u>box</u>\"), \"text/html\");");
        Assert.Null(session.Failure);
        Assert.Equal("<u>box</u>", LiveSession.Text(session.Run("new Box<int>()")[0], "text/html"));
    }

    [Fact]
    public void Run_ExceptionAsValue_ShowsNoMachinePath()
    {
        string text = LiveSession.Text(session.Run("Exception Caught() { try { throw new InvalidOperationException(\"/usr/lib/x/y.txt\"); } catch (Exception e) { return e; } }\nCaught()")[0], "text/plain");
        Assert.StartsWith("InvalidOperationException: …/y.txt\n   at Cell 1, line 1, in Caught", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_FormOverTheCap_IsLeftOutWithANote()
    {
        var bundle = Formatting.OutputCap.Apply(new() { ["text/html"] = new string('x', 101), ["text/plain"] = new string('y', 150) }, most: 100);
        Assert.Equal(["text/plain"], bundle.Keys);
        Assert.StartsWith(new string('y', 100) + "\n[", bundle["text/plain"], StringComparison.Ordinal);
        Assert.Contains("text/html of 0 million characters", bundle["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void Thumbnail_LargeImage_IsAReadablePngOfAtMost256()
    {
        float[] values = [.. Enumerable.Range(0, 512 * 300).Select(i => (i % 300) / 299f)];
        byte[] png = Formatting.Png.Thumbnail(values, 1, 512, 300, 0, 1);
        Assert.Equal([0x89, 0x50, 0x4e, 0x47], png[..4]);
        Assert.Equal((150, 256), (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33));
        using var zlib = new System.IO.Compression.ZLibStream(new MemoryStream(png, 41, length), System.IO.Compression.CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        byte[] row = raw.ToArray()[..151];
        Assert.Equal((0, 0), (row[0], row[1]));
        Assert.InRange(row[150], 253, 255);
        Assert.Equal(256 * 151, raw.Length);
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
    public void Of_PlotlyChart_DrawsWithThePagesOwnScript()
    {
        IReadOnlyDictionary<string, string> bundle = Formatting.MimeBundle.Of(new Plotly.NET.GenericChart.Chart());
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], bundle.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("http", bundle["text/html"], StringComparison.Ordinal);
        Assert.Equal(1, bundle["text/html"].Split("</script>").Length - 1); // a name in the data can't end the script
    }

    [Fact]
    public void Of_DataFrame_IsKnownByNameAndShowsTypesAndSize()
    {
        string html = Formatting.MimeBundle.Of(new Microsoft.Data.Analysis.DataFrame())["text/html"];
        Assert.Contains("<th>age (Int32)</th>", html, StringComparison.Ordinal);
        Assert.Contains("30 rows × 1 columns; first 20 shown", html, StringComparison.Ordinal);
    }
}
