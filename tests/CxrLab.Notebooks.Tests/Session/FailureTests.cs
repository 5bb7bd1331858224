using System.Text.Json.Nodes;
using CxrLab.Notebooks.Session;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Session;

public sealed class FailureTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly LiveSession session;

    public FailureTests() => session = new LiveSession(folder.Path);

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Run_ExceptionInAnEarlierCellsMethod_NamesBothLines()
    {
        session.Run("int Divide(int a)\n{\n    return 1 / a;\n}");
        JsonNode? error = Assert.Single(session.Run("var n = 0;\nDivide(n)"));
        Assert.Equal("error", LiveSession.Type(error));
        Assert.Equal("DivideByZeroException", error!["ename"]!.GetValue<string>());
        Assert.Equal(
            ["DivideByZeroException: Attempted to divide by zero.", "   at Cell 1, line 3, in Divide", "      return 1 / a;", "   at Cell 2, line 2", "      Divide(n)"],
            error["traceback"]!.AsArray().Select(line => line!.GetValue<string>()));
        Assert.StartsWith("Cell 1, line 3: DivideByZeroException", session.Failure!.Headline(2), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ExceptionAfterAwait_NamesTheLine()
    {
        session.Run("await Task.Delay(1);\nthrow new InvalidOperationException(\"late\");");
        Assert.Contains("   at Cell 1, line 2", session.Failure!.Traceback);
    }

    [Fact]
    public void Run_InnerException_IsShownAsTheCause()
    {
        session.Run("throw new InvalidOperationException(\"outer\", new ArgumentException(\"inner\"));");
        Assert.Contains("caused by ArgumentException: inner", session.Failure!.Traceback);
    }

    [Fact]
    public void Run_ExceptionNamesMachinePaths_ShowsRelativeOnes()
    {
        session.Run("File.ReadAllText(Path.GetFullPath(\"/usr/lib/nothing/here.txt\")); ");
        Assert.DoesNotContain("/usr/", string.Join("\n", session.Failure!.Traceback.Prepend(session.Failure.Message).Where(line => !line.Contains("File.ReadAllText(", StringComparison.Ordinal))), StringComparison.Ordinal);
        session.Run($"throw new Exception(@\"no {folder.Path}/data/x.png\");");
        Assert.Equal("no data/x.png", session.Failure.Message);
        Assert.DoesNotContain(folder.Path, string.Join("\n", session.Failure.Traceback), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CompileError_ShowsPlaceCodeLineAndMark()
    {
        session.Run("var a = 1;\nvar b = a + missing;");
        CellFailure failure = session.Failure!;
        Assert.Equal("CompilationError", failure.Name);
        Assert.Equal("Cell 1, line 2, column 13: error CS0103: The name 'missing' does not exist in the current context", failure.Traceback[0]);
        Assert.Equal("    var b = a + missing;", failure.Traceback[1]);
        Assert.Equal("                ^", failure.Traceback[2]);
    }

    [Fact]
    public void Run_ReferenceToUnbuiltDll_NamesTheCommandThatBuildsIt()
    {
        session.Run("#r \"../src/Some/bin/Release/net10.0/Some.dll\"");
        Assert.Contains("dotnet build -c Release ../src/Some", session.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ReferenceToDll_ItsTypesAreUsable()
    {
        string dll = Path.GetRelativePath(folder.Path, typeof(FactAttribute).Assembly.Location);
        session.Run($"#r \"{dll}\"\nusing Xunit;");
        Assert.Null(session.Failure);
        Assert.Equal("FactAttribute", session.Plain("typeof(FactAttribute).Name"));
    }

    [Theory]
    [InlineData("see https://example.org/a/b and 1/2/3", "see https://example.org/a/b and 1/2/3")]
    [InlineData("GET /api/v1/items", "GET /api/v1/items")]
    [InlineData("'/usr/share/doc/x.txt'", "'…/x.txt'")]
    [InlineData(@"C:\Users\me\x.txt", "…/x.txt")]
    public void Scrub_Text_ChangesMachinePathsOnly(string text, string expected) =>
        Assert.Equal(expected, new PathScrubber("/nowhere").Scrub(text));
}
