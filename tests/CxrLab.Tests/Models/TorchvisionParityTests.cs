using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CxrLab.Models;
using CxrLab.Tests.Models.Oracle;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

/// <summary>Our networks against torchvision: their keys always, their numbers where Python has it.</summary>
public class TorchvisionParityTests(TorchvisionOracle oracle) : IClassFixture<TorchvisionOracle>
{
    private static readonly LabelSet Findings = new(Enumerable.Range(0, 14).Select(i => $"finding {i}"));

    public static TheoryData<string> Names => [.. Golden.Keys];

    // torchvision 0.14.1: how many keys and parameters at 1000 classes and 3 channels, and the SHA-256 of "key d0,d1,…\n" in ordinal order.
    private static Dictionary<string, (int Keys, long Parameters, string Sha256)> Golden { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "torchvision.json")))
        .RootElement.EnumerateObject().ToDictionary(model => model.Name, model => (model.Value.GetProperty("keys").GetInt32(), model.Value.GetProperty("parameters").GetInt64(), model.Value.GetProperty("sha256").GetString()!));

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_TorchvisionModel_HasItsKeysAndShapes(string name)
    {
        using CxrModel model = ModelCatalog.Create(name, new LabelSet(Enumerable.Range(0, 1000).Select(i => $"{i}")), 3);
        var state = model.state_dict();
        string lines = string.Concat(state.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {string.Join(",", pair.Value.shape)}\n"));
        Assert.Equal(Golden[name], (state.Count, model.parameters().Sum(parameter => parameter.numel()), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_TorchvisionWeights_AnswersAlike(string name)
    {
        using var scope = NewDisposeScope();
        (string weights, IReadOnlyDictionary<string, Tensor> expected) = oracle.Ask(name);
        using CxrModel model = ModelCatalog.Create(name, Findings, 3);
        LoadReport report = Weights.Load(model, weights);
        File.Delete(weights);
        Assert.True(report.IsComplete && report.Adapted.Count == 0, report.ToString());
        model.eval();
        Close.AssertRelative(expected["logits"], model.call(expected["images"]), 1e-5, $"{name}, logits");
        model.to(ScalarType.Float64);
        Tensor images = expected["images"].to_type(ScalarType.Float64);
        (model.call(images) * expected["projection"].to_type(ScalarType.Float64)).sum().backward();
        var slopes = model.named_parameters().Where(pair => pair.parameter.dim() < 2).ToDictionary(pair => $"gradient {pair.name}", pair => pair.parameter.grad!);
        Assert.Equal(expected.Keys.Count(key => key.StartsWith("gradient", StringComparison.Ordinal)), slopes.Count);
        foreach ((string key, Tensor slope) in slopes) Close.AssertRelative(expected[key], slope, 1e-8, $"{name}, {key}");
        model.train();
        Close.AssertRelative(expected["training logits"], model.call(images), 1e-8, $"{name}, training");
    }
}
