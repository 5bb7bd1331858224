using Xunit;

namespace CxrLab.Tests.Architecture;

/// <summary>
/// The public surface of the library against <c>Architecture/Api/NAMESPACE.txt</c>: a notebook or a program that others wrote breaks
/// when a line goes or changes. New members are shown and may still change, until somebody accepts them into the file. One file per
/// namespace, so that two changes meet only where they touch the same one.
/// </summary>
public class PublicApiTests(ITestOutputHelper output)
{
    private const string Accept = "CXRLAB_ACCEPT_API";
    private static readonly IReadOnlyDictionary<string, string[]> Api = PublicApi.Of(typeof(LabelSet).Assembly);

    public static TheoryData<string> Namespaces => [.. Api.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Namespaces))]
    public void Namespace_WhatIsWrittenDown_IsStillThere(string name)
    {
        string file = Path.Combine(Folder, $"{name}.txt");
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, string.Join('\n', Api[name]) + "\n");
        }

        string[] written = File.Exists(file) ? File.ReadAllLines(file) : [];
        string[] gone = [.. written.Except(Api[name]).Select(line => $"- {line}")], added = [.. Api[name].Except(written).Select(line => $"+ {line}")];
        string accept = $"{Accept}=1 accepts the present state; commit the files.";
        if (added.Length > 0) output.WriteLine($"{added.Length} members of {name} are not in {Path.GetFileName(file)} yet. {accept}\n{string.Join('\n', added)}");
        if (gone.Length > 0) Assert.Fail($"{gone.Length} members of {name} are gone or changed, which breaks the programs of others. If this is meant: {accept}\n{string.Join('\n', gone.Concat(added))}");
    }

    [Fact]
    public void Files_OfNoNamespace_AreNotLeftBehind() =>
        Assert.Empty(Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Except(Api.Keys));

    private static string Folder => Path.Combine(Sample.Repository, "tests", "CxrLab.Tests", "Architecture", "Api");
}
