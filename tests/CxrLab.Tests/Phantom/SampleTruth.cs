using System.Text.Json;
using CxrLab.Phantom;

namespace CxrLab.Tests.Phantom;

/// <summary>What a sample's truth.json says of one image.</summary>
internal sealed record SampleTruth(string Image, int Patient, int Visit, View View, IReadOnlyList<string> Findings, IReadOnlyDictionary<string, string> Faults, int Extent, int Opacity)
{
    internal static IReadOnlyList<SampleTruth> Read(string root)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "truth", "truth.json")));
        return [.. json.RootElement.GetProperty("images").EnumerateArray().Select(image => new SampleTruth(
            image.GetProperty("image").GetString()!, image.GetProperty("patient").GetInt32(), image.GetProperty("visit").GetInt32(), Enum.Parse<View>(image.GetProperty("view").GetString()!),
            [.. image.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("finding").GetString()!)],
            image.TryGetProperty("faults", out JsonElement faults) ? faults.EnumerateObject().ToDictionary(fault => fault.Name, fault => fault.Value.GetString()!) : [],
            image.GetProperty("geographicExtent").GetInt32(), image.GetProperty("opacityExtent").GetInt32()))];
    }

    /// <summary>What a table says of a finding that is planted or not, and of which it may be planted to be wrong.</summary>
    internal LabelState State(string finding) => Faults.GetValueOrDefault(finding) switch
    {
        "Uncertain" => LabelState.Uncertain,
        "Missing" => LabelState.Missing,
        "Flipped" => Findings.Contains(finding) ? LabelState.Negative : LabelState.Positive,
        _ => Findings.Contains(finding) ? LabelState.Positive : LabelState.Negative,
    };

    internal bool IsSame(PhantomCase one) => one.Patient == Patient && one.FollowUp == Visit && one.View == View;
}
