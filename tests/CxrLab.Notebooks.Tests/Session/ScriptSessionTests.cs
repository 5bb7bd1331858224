using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Session;

public sealed class ScriptSessionTests : IDisposable
{
    private readonly LiveSession session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void Run_LaterCell_SeesVariablesMethodsTypesAndUsings()
    {
        session.Run("using System.Text;\nint seen = 41; record Pair(int A, int B); int Twice(int x) => 2 * x;");
        Assert.Equal("42", session.Plain("seen + 1"));
        Assert.Equal("8", session.Plain("Twice(new Pair(4, 0).A)"));
        Assert.Equal("ab", session.Plain("new StringBuilder(\"ab\").ToString()"));
    }

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("var x = 5;\nx // a note", "5")]
    [InlineData("await Task.FromResult(3)", "3")]
    [InlineData("(string)null", "null")]
    [InlineData("\"text\"", "text")]
    [InlineData("0.5", "0.5")]
    [InlineData("new[] { 1, 2 }", "[1, 2]")]
    [InlineData("DayOfWeek.Monday", "Monday")]
    [InlineData("(1, \"a\")", "(1, a)")]
    public void Run_TrailingExpression_IsTheResult(string source, string expected)
    {
        JsonNode? output = Assert.Single(session.Run(source));
        Assert.Equal("execute_result", LiveSession.Type(output));
        Assert.Equal(expected, LiveSession.Text(output, "text/plain"));
        Assert.Equal(1, output!["execution_count"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("var x = 5;")]
    [InlineData("1.ToString();")]
    [InlineData("await Task.Delay(1)")]
    [InlineData("System.Threading.Thread.Sleep(0)")]
    [InlineData("string nothing = null;")]
    [InlineData("// only a comment")]
    public void Run_NothingToShow_GivesNoOutput(string source) => Assert.Empty(session.Run(source));

    [Fact]
    public void Run_CellFails_KeepsWhatItDeclared()
    {
        session.Run("var kept = 7; throw new Exception(\"stop\");");
        Assert.NotNull(session.Failure);
        Assert.Equal("7", session.Plain("kept"));
    }

    [Fact]
    public void Run_TwoStreams_KeepsTheirOrderAndJoinsNeighbours()
    {
        JsonArray outputs = session.Run("Console.Write(1); Console.WriteLine(\" é 🫁\"); Console.WriteLine(2); Console.Error.Write(\"e\"); Console.Write(3); 4");
        Assert.Equal(["stdout", "stderr", "stdout", null], outputs.Select(output => output!["name"]?.GetValue<string>()));
        Assert.Equal(["1 é 🫁\n", "2\n"], outputs[0]!["text"]!.AsArray().Select(line => line!.GetValue<string>()));
        Assert.Equal("execute_result", LiveSession.Type(outputs[3]));
    }

    [Fact]
    public void Run_TaskOfACell_PrintsIntoThatCell() =>
        Assert.Equal("from a task\n", MultiLine.FromJson(Assert.Single(session.Run("Task.Run(() => Console.WriteLine(\"from a task\")).Wait();"))!["text"]));

    [Fact]
    public void Run_BlockingWaitOnAsyncMethod_DoesNotDeadlock() =>
        Assert.Equal("9", session.Plain("async Task<int> Nine() { await Task.Delay(5); return 9; }\nNine().Result"));

    [Fact]
    public void Run_CsharpMagic_IsIgnoredAndKeepsLineNumbers()
    {
        Assert.Equal("3", session.Plain("#!csharp\n3"));
        session.Run("#!csharp\nunknown");
        Assert.Contains("Cell 2, line 2, column 1", session.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!fsharp\nlet x = 1", "#!fsharp")]
    [InlineData("\n  #!tim\n1", "'#!time'")]
    [InlineData("var x = 1;\n#!Imports a.cs", "'#!import'")]
    [InlineData("#!whatever-it-is\n1", "#!csharp, #!time, #!import")]
    [InlineData("#!c#\n1", "#!csharp")]
    public void Run_UnknownMagic_IsRefusedWithASuggestion(string source, string hint)
    {
        session.Run(source);
        Assert.Equal("UnknownMagic", session.Failure!.Name);
        Assert.Contains(hint, session.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MagicInsideAString_IsText() => Assert.Equal("\n#!nothing\n", session.Plain("@\"\n#!nothing\n\""));

    [Fact]
    public void Run_TimeMagic_KeepsLinesAndShowsTheResultToo()
    {
        JsonArray outputs = session.Run("#!time\n1 + 1");
        Assert.Equal(["execute_result", "display_data"], outputs.Select(LiveSession.Type));
        session.Run("#!time\nmissing");
        Assert.Contains("line 2, column 1", session.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ImportOfItself_IsNamed()
    {
        using var folder = new TempFolder();
        folder.Write("a.csx", "#!import b.csx\n1");
        folder.Write("b.csx", "#!import a.csx\n2");
        using var here = new LiveSession(folder.Path);
        here.Run("#!import a.csx");
        Assert.Contains("a.csx → b.csx → a.csx", here.Failure!.Message, StringComparison.Ordinal);
        here.Run("#!import nothing.ipynb");
        Assert.Contains("There is no 'nothing.ipynb'", here.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ImportedFileFails_NamesItsLine()
    {
        using var folder = new TempFolder();
        folder.Write("bad.cs", "int F()\n{\n    throw new InvalidOperationException(\"inside\");\n}\nF()");
        using var here = new LiveSession(folder.Path);
        here.Run("#!import bad.cs");
        Assert.Contains("   at bad.cs, line 3, in F", here.Failure!.Traceback);
    }

    [Fact]
    public void Run_CellOfAnotherLanguage_IsRefusedByName()
    {
        session.Run("print(1)", language: "python");
        Assert.Contains("'python'", session.Failure!.Message, StringComparison.Ordinal);
        Assert.Empty(session.Run("var fine = 1;", language: "csharp"));
    }
}
