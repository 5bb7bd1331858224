using System.Text.Json;
using static TorchSharp.torch;

namespace CxrLab.Tests.Golden;

/// <summary>golden.json, see the README beside it.</summary>
internal static class GoldenFile
{
    private static readonly JsonDocument Document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "golden.json")));

    private static readonly JsonDocument ExplanationDocument = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "explanations.json")));

    /// <summary>A nested array as a float32 tensor, by its path.</summary>
    internal static Tensor Tensor(params string[] path) => Tensor(Document, path);

    /// <summary>The same from explanations.json.</summary>
    internal static Tensor Explanation(params string[] path) => Tensor(ExplanationDocument, path);

    private static Tensor Tensor(JsonDocument document, string[] path)
    {
        JsonElement element = path.Aggregate(document.RootElement, (at, name) => at.GetProperty(name));
        var shape = new List<long>();
        for (JsonElement at = element; at.ValueKind == JsonValueKind.Array; at = at[0]) shape.Add(at.GetArrayLength());
        return tensor(Flat(element).ToArray()).reshape([.. shape]);
    }

    private static IEnumerable<float> Flat(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray().SelectMany(Flat) : [element.GetSingle()];
}
