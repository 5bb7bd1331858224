using System.Text.Json.Nodes;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Session;

/// <summary><c>#load</c>: what a loaded file references is brought as if it stood in the cell, with paths from that file's folder.</summary>
public sealed class LoadedFilesTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly LiveSession session;

    public LoadedFilesTests() => session = new LiveSession(folder.Path);

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Run_LoadedFileReferencesADllBesideIt_ItsTypesAreThereAndInTheCell()
    {
        folder.CopyIn(typeof(FactAttribute).Assembly.Location, "tools/lib/xunit.v3.core.dll");
        folder.Write("tools/names.csx", "#r \"lib/xunit.v3.core.dll\"\nusing Xunit;\nstring Name() => typeof(FactAttribute).Name;\n");
        Assert.Equal("FactAttribute", session.Plain("#load \"tools/names.csx\"\nName()"));
        Assert.Equal("Xunit.FactAttribute", session.Plain("typeof(Xunit.FactAttribute).FullName"));
    }

    [Theory]
    [InlineData("#load \"tools/outer.csx\"")]
    [InlineData("#!import tools/outer.csx")]
    public void Run_FileThatLoadsAnother_PathsAreEachFilesOwn(string cell)
    {
        folder.Write("tools/outer.csx", "#load \"deep/inner.csx\"\nint Outer() => Inner() + 1;\n");
        folder.CopyIn(typeof(FactAttribute).Assembly.Location, "tools/deep/xunit.v3.core.dll");
        folder.Write("tools/deep/inner.csx", "#r \"xunit.v3.core.dll\"\nint Inner() => typeof(Xunit.FactAttribute).Name.Length;\n");
        session.Run(cell);
        Assert.Null(session.Failure);
        Assert.Equal("14", session.Plain("Outer()"));
    }

    [Theory]
    [InlineData("\n#r \"lib/absent.dll\"", "helper.csx, line 2: Reference: There is no 'lib/absent.dll' (looked up from the file's folder)")]
    [InlineData("#r \"../src/X/bin/Release/net10.0/X.dll\"", "helper.csx, line 1: Reference: There is no '../src/X/bin/Release/net10.0/X.dll': it hasn't been built yet. In the file's folder run: dotnet build -c Release ../src/X")]
    [InlineData("\n\n#r \"nuget: A B\"", "helper.csx, line 3: Reference: #r \"nuget: A B\" isn't a package reference")]
    [InlineData("#i \"nuget:none\"", "helper.csx, line 1: Reference: #i \"nuget:none\": there is no such folder (looked up from the file's folder)")]
    [InlineData("var x = 1;\n#!time", "helper.csx, line 2: UnknownMagic: '#!time' can't stand in a file that #load brings in")]
    [InlineData("int F() =>\n  missing;", "helper.csx, line 2, column 3: error CS0103")]
    public void Run_SomethingWrongInALoadedFile_NamesFileAndLine(string text, string expected)
    {
        folder.Write("sub/helper.csx", text);
        session.Run("// the helper\n#load \"sub/helper.csx\"\n1");
        Assert.StartsWith(expected, session.Failure!.Traceback[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LoadOfANotebook_PointsToImport()
    {
        folder.Write("other.ipynb", Build.Notebook("var a = 1;"));
        session.Run("\n#load \"other.ipynb\"");
        Assert.Contains("Cell 1, line 2: Load: 'other.ipynb' is a notebook", session.Failure!.Traceback[0], StringComparison.Ordinal);
        Assert.Contains("#!import other.ipynb", session.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LoadedCodeThrows_QuotesTheFilesLine()
    {
        folder.Write("helper.csx", "#i \"nuget:.\"\nint Bad()\n{\n    throw new InvalidOperationException(\"inside\");\n}\n");
        session.Run("#load \"helper.csx\"\nBad()");
        Assert.Contains("   at helper.csx, line 4, in Bad", session.Failure!.Traceback);
        Assert.Contains("      throw new InvalidOperationException(\"inside\");", session.Failure.Traceback);
    }

    [Fact]
    public void Run_PackageInALoadedFile_IsRestored()
    {
        Packed.Write(folder.File("source"), "Cxr.Test.Loaded", "1.0.0", typeof(FactAttribute).Assembly.Location);
        folder.Write("tools/helper.csx", "#i \"nuget:../source\"\n#r \"nuget: Cxr.Test.Loaded, 1.0.0\"\nusing Xunit;\nstring Name() => typeof(FactAttribute).Name;\n");
        Assert.Equal("FactAttribute", session.Plain("#load \"tools/helper.csx\"\nName()"));
        JsonArray outputs = session.Run("#r \"nuget: Cxr.Test.Loaded, 2.0.0\"");
        Assert.Contains("in use already in version 1.0.0", outputs.Single()!["evalue"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
