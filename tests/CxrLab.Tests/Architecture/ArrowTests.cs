using System.Text.RegularExpressions;
using Xunit;

namespace CxrLab.Tests.Architecture;

/// <summary>The rooms of the library and who may look into which; a new arrow is a decision, not an accident.</summary>
public partial class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        [""] = [],
        ["Imaging"] = [],
        ["Data"] = ["Imaging"],
        ["Phantom"] = ["Imaging", "Data"],
        ["Reports"] = [],
        ["Models"] = [],
        ["Losses"] = ["Models"],
        ["Metrics"] = [],
        ["Ensembling"] = ["Data", "Metrics"],
        ["Training"] = ["Data", "Imaging", "Models", "Losses", "Metrics"],
        ["Explain"] = ["Models", "Imaging"],
        ["Plots"] = ["Imaging", "Data", "Models", "Losses", "Metrics", "Training", "Explain"],
    };

    [Fact]
    public void Sources_UseOnlyTheRoomsThatTheDesignAllows()
    {
        string library = Path.Combine(Sample.Repository, "src", "CxrLab");
        var wrong = new List<string>();
        foreach (string file in Directory.EnumerateFiles(library, "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)))
        {
            string room = Path.GetDirectoryName(Path.GetRelativePath(library, file))!.Split(Path.DirectorySeparatorChar)[0];
            Assert.True(Allowed.ContainsKey(room), $"'{room}' isn't a room of the design.");
            foreach (Match use in Room().Matches(File.ReadAllText(file)))
            {
                string used = use.Groups[1].Value;
                if (used != room && Allowed.ContainsKey(used) && !Allowed[room].Contains(used)) wrong.Add($"{Path.GetFileName(file)} ({room}) uses {used}");
            }
        }

        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Metrics_KnowNoTensor() =>
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(Sample.Repository, "src", "CxrLab", "Metrics"), "*.cs"), file => File.ReadAllText(file).Contains("TorchSharp", StringComparison.Ordinal));

    [GeneratedRegex(@"\bCxrLab\.([A-Z]\w+)")]
    private static partial Regex Room();
}
