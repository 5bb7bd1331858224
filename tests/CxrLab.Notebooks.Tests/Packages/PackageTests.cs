using CxrLab.Notebooks.Packages;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Packages;

/// <summary>Restores run the real NuGet against a folder of packages made here, so no network is needed.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("nuget: Some.Package, 1.2.3", "Some.Package", "1.2.3")]
    [InlineData("nuget:Some.Package,1.2.*", "Some.Package", "1.2.*")]
    [InlineData("NuGet:  Some-Package ", "Some-Package", null)]
    [InlineData("nuget: A, 1.0.0-beta.2+x", "A", "1.0.0-beta.2+x")]
    public void Parse_Directive_GivesNameAndVersion(string directive, string name, string? version) =>
        Assert.Equal(new PackageRequest(name, version), PackageRequest.Parse(directive));

    [Theory]
    [InlineData("nuget:")]
    [InlineData("nuget: A B, 1")]
    [InlineData("nuget: A, 1, 2")]
    [InlineData("nuget: <Exec/>, 1")]
    public void Parse_Malformed_IsNull(string directive) => Assert.Null(PackageRequest.Parse(directive));

    [Fact]
    public void Run_PackageFromAFolder_ItsTypesAreUsableInTheSameCell()
    {
        Pack("Cxr.Test.Small", "1.0.0", typeof(FactAttribute).Assembly.Location);
        using var session = new LiveSession(folder.Path);
        Assert.Equal("FactAttribute", session.Plain("#i \"nuget:source\"\n#r \"nuget: Cxr.Test.Small, 1.0.0\"\nusing Xunit;\ntypeof(FactAttribute).Name"));
        session.Run("#r \"nuget: Cxr.Test.Small, 2.0.0\"");
        Assert.Contains("in use already in version 1.0.0", session.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_Twice_AsksNuGetOnce()
    {
        Pack("Cxr.Test.Cached", "1.0.0", typeof(FactAttribute).Assembly.Location);
        var restore = new PackageRestore(folder.File("cache"));
        PackageRequest[] requests = [new("Cxr.Test.Cached", "1.0.0")];
        RestoredPackages first = restore.Restore(requests, [folder.File("source")], folder.Path, CancellationToken.None);
        File.Delete(folder.File("source/Cxr.Test.Cached.1.0.0.nupkg"));
        DateTime written = File.GetLastWriteTimeUtc(Directory.GetFiles(folder.File("cache"), "project.assets.json", SearchOption.AllDirectories).Single());
        RestoredPackages second = restore.Restore(requests, [folder.File("source")], folder.Path, CancellationToken.None);
        Assert.Equal(first.Assemblies, second.Assemblies);
        Assert.EndsWith("xunit.v3.core.dll", Assert.Single(first.Assemblies), StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Directory.GetFiles(folder.File("cache"), "project.assets.json", SearchOption.AllDirectories).Single()));
    }

    [Fact]
    public void Run_UnknownPackageOrVersion_SaysWhichAndTheSessionGoesOn()
    {
        Pack("Cxr.Test.Old", "1.0.0", typeof(FactAttribute).Assembly.Location);
        // Only the folder is asked: a test must not depend on a server.
        folder.Write("nuget.config", """<configuration><packageSources><clear /><add key="here" value="source" /></packageSources></configuration>""");
        using var session = new LiveSession(folder.Path);
        session.Run("\n#r \"nuget: Cxr.Test.Nothing, 1.0.0\"");
        Assert.StartsWith("There is no package 'Cxr.Test.Nothing'", session.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("Cell 1, line 2", session.Failure.Traceback[0], StringComparison.Ordinal);
        session.Run("#r \"nuget: Cxr.Test.Old, 9.0.0\"");
        Assert.StartsWith("There is no such version of package 'Cxr.Test.Old'. The nearest version is 1.0.0.", session.Failure.Message, StringComparison.Ordinal);
        session.Run("#r \"nuget: Cxr.Test.Old, 1.0.0\"");
        Assert.Null(session.Failure);
    }

    [Theory]
    [InlineData("#r \"nuget: A B\"", "isn't a package reference")]
    [InlineData("#i \"nuget:missing\"", "no such folder")]
    [InlineData("#i \"elsewhere\"", "names no package source")]
    public void Run_MalformedDirective_SaysHowToWriteIt(string cell, string hint)
    {
        using var session = new LiveSession(folder.Path);
        session.Run(cell);
        Assert.Contains(hint, session.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MarkWeak_NotElf_IsRefused() => Assert.Throws<BadImageFormatException>(() => ElfVersionNeeds.MarkWeak(new byte[100], "GLIBCXX_3.4.32"));

    private void Pack(string name, string version, string dll) => Packed.Write(folder.File("source"), name, version, dll);
}
