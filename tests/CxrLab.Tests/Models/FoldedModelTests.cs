using CxrLab.Models;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

[Collection(nameof(GlobalGenerator))]
public class FoldedModelTests
{
    private static readonly LabelSet Two = new("Mass", "Nodule");

    [Theory]
    [InlineData("cxrnet", 0)]
    [InlineData("covidnet", 0)]
    [InlineData("resnet18", 0)]
    [InlineData("resnet50", 0)]
    [InlineData("densenet121", 62)] // 58 norms before a layer's first ReLU, 3 of the transitions, norm5
    [InlineData("med3d-resnet10", 0)]
    [InlineData("med3d-resnet18", 0)]
    public void Of_RandomStatistics_GivesTheSameFeaturesAndLogits(string name, int remaining)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        CxrModel model = ModelCatalog.Create(name, Two, seed: 3);
        RandomStatistics.Fill(model);
        model.eval();
        var images = model.Dimensions == 3 ? randn([2, 1, 16, 16, 16]) : randn(2, 1, 64, 64);
        Tensor features = model.Features(images), logits = model.call(images);
        using FoldedModel folded = FoldedModel.Of(model);
        Assert.Equal(remaining, folded.RemainingNorms);
        Close.AssertRelative(features, folded.Features(images), 1e-5, name);
        Close.AssertRelative(logits, folded.call(images), 1e-5, name);
        folded.train();
        folded.eval();
        Close.AssertRelative(logits, folded.call(images), 1e-5, name);
    }

    [Fact]
    public void Of_PooledModel_KeepsItsHead()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        CxrModel model = ModelCatalog.Create("resnet18", Two, seed: 3, head: "pcam");
        RandomStatistics.Fill(model);
        model.eval();
        var images = randn(2, 1, 64, 64);
        Tensor logits = model.call(images);
        using FoldedModel folded = FoldedModel.Of(model);
        Close.AssertRelative(logits, folded.call(images), 1e-5, "resnet18-pcam");
        Assert.Contains("head.classifier.weight", folded.state_dict().Keys);
        Assert.DoesNotContain(folded.state_dict().Keys, key => key.Contains("running_mean", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_ForeignModel_IsRefused()
    {
        using var foreign = new Explain.TinyGolden();
        Assert.Contains("tiny", Assert.Throws<ArgumentException>(() => FoldedModel.Of(foreign)).Message, StringComparison.Ordinal);
    }
}

/// <summary>Batch norms as after training: fresh ones are nearly the identity and would hide a wrong order of layers.</summary>
internal static class RandomStatistics
{
    internal static void Fill(nn.Module model)
    {
        using var noGradients = no_grad();
        foreach ((string key, Tensor tensor) in model.state_dict())
        {
            if (key.EndsWith("running_mean", StringComparison.Ordinal)) tensor.normal_(0, 0.2);
            else if (key.EndsWith("running_var", StringComparison.Ordinal)) tensor.uniform_(0.5, 1.5);
        }

        foreach (TorchSharp.Modules.BatchNorm norm in model.modules().OfType<TorchSharp.Modules.BatchNorm>())
        {
            norm.weight!.uniform_(0.5, 1.5);
            norm.bias!.normal_(0, 0.2);
        }
    }
}
