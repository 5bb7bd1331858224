using System.Text.Json;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Features;

/// <summary>
/// One feature of the cell language with what it must show, from <c>features.json</c>: the same list is run in a session and over the
/// wire. <c>{tests}</c> in a cell stands for the folder of the tests' own assemblies.
/// </summary>
/// <param name="Feature">Its name.</param>
/// <param name="Before">Cells that run first and show nothing.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Outputs">What stands below it in the end: updates and clearings are done.</param>
/// <param name="Files">Files beside the notebook.</param>
/// <param name="Slow">Whether it asks a package source.</param>
public sealed record FeatureCell(string Feature, string[]? Before, string Cell, FeatureOutput[] Outputs, Dictionary<string, string>? Files = null, bool Slow = false)
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNameCaseInsensitive = true };

    public static IReadOnlyList<FeatureCell> All { get; } = JsonSerializer.Deserialize<FeatureCell[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Features", "features.json")), Names)!;

    public static TheoryData<string> FeatureNames => [.. All.Select(item => item.Feature)];

    public static FeatureCell Named(string feature) => All.Single(item => item.Feature == feature);

    /// <summary>The cells in their order, the feature's own last.</summary>
    public IEnumerable<string> Sources => (Before ?? []).Append(Cell).Select(cell => cell.Replace("{tests}", AppContext.BaseDirectory.Replace('\\', '/').TrimEnd('/'), StringComparison.Ordinal));

    internal void WriteFiles(TempFolder folder)
    {
        foreach ((string name, string text) in Files ?? []) folder.Write(name, text);
    }

    /// <summary>Compares outputs of the notebook format with what is expected; a text that begins with <c>~</c> must be contained.</summary>
    public void AssertShown(JsonArray outputs)
    {
        Assert.Equal(Outputs.Select(output => output.Type), outputs.Select(output => output!["output_type"]!.GetValue<string>()));
        foreach ((FeatureOutput expected, JsonNode? output) in Outputs.Zip(outputs)) expected.AssertEquals(output!);
    }
}

/// <summary>An output that is expected.</summary>
/// <param name="Type">Its <c>output_type</c>.</param>
/// <param name="Data">MIME type → text; no other type may be there.</param>
/// <param name="Name">Of a stream or an error.</param>
/// <param name="Text">Of a stream; of an error's traceback.</param>
public sealed record FeatureOutput(string Type, Dictionary<string, string>? Data = null, string? Name = null, string? Text = null)
{
    public void AssertEquals(JsonNode output)
    {
        if (Name is not null) Assert.Equal(Name, (output["name"] ?? output["ename"])!.GetValue<string>());
        if (Text is not null) AssertText(Text, Type == "error" ? string.Join('\n', output["traceback"]!.AsArray()) : MultiLine.FromJson(output["text"]));
        if (Data is null) return;
        Assert.Equal(Data.Keys.Order(StringComparer.Ordinal), output["data"]!.AsObject().Select(item => item.Key).Order(StringComparer.Ordinal));
        foreach ((string type, string text) in Data) AssertText(text, MultiLine.FromJson(output["data"]![type]));
    }

    private static void AssertText(string expected, string actual)
    {
        if (expected.StartsWith('~')) Assert.Contains(expected[1..], actual, StringComparison.Ordinal);
        else Assert.Equal(expected, actual);
    }
}
