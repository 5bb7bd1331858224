using CxrLab.Models;
using CxrLab.Tests.Golden;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

public class PoolingTests
{
    private static readonly LabelSet Three = new("a", "b", "c");

    [Fact]
    public void Pcam_PapersExample_GivesThePooledFeature()
    {
        using var scope = NewDisposeScope();
        float ln3 = MathF.Log(3);
        Tensor pooled = Pooling.Pcam(tensor(new float[] { 1, 2, 3, 4 }).reshape(1, 1, 2, 2), tensor(new float[] { 0, ln3, -ln3, 0 }).reshape(1, 1, 2, 2));
        Assert.Equal(2.375f, pooled.item<float>(), 1e-6f);
    }

    [Fact]
    public void Pcam_Golden_GivesThePooledFeatures()
    {
        using var scope = NewDisposeScope();
        Tensor features = GoldenFile.Tensor("pools", "feat"), logit = GoldenFile.Tensor("pools", "logit");
        Close.Assert(GoldenFile.Tensor("pools", "PCAM").reshape(2, 1, 3), Pooling.Pcam(features, logit), 1e-6);
        Close.Assert(GoldenFile.Tensor("pools", "LSE_gamma10").reshape(2, 3), Pooling.LogSumExp(features, 10), 1e-6);
    }

    [Theory]
    [InlineData(0.1, 1.562412)]
    [InlineData(0.5, 1.802089)]
    [InlineData(1, 2.053895)]
    [InlineData(5, 2.724093)]
    [InlineData(10, 2.861375)]
    [InlineData(100, 2.986137)]
    public void LogSumExp_FourNumbers_GivesTheFormula(double sharpness, double expected)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected, Pooling.LogSumExp(tensor(new float[] { 0, 1, 2, 3 }).reshape(1, 1, 2, 2), sharpness).item<float>(), 2e-6);
    }

    [Fact]
    public void LogSumExp_FarFromZero_StaysFinite()
    {
        using var scope = NewDisposeScope();
        Tensor map = tensor(new float[] { 0, 1, 2, 3 }).reshape(1, 1, 2, 2);
        foreach (float shift in new[] { -1000f, 1000f }) // the paper's |max| would give log 0 for the first
            Assert.Equal(2.861375 + shift, Pooling.LogSumExp(map + tensor(shift), 10).item<float>(), 1e-3);
    }

    [Fact]
    public void PcamHead_Logit_IsTheClassifierOnThePooledFeature()
    {
        using var scope = NewDisposeScope();
        using var head = new PcamHead(5, 3);
        Tensor features = randn(2, 5, 4, 6) * tensor(30f);
        Tensor weight = head.state_dict()["classifier.weight"].reshape(3, 5), bias = head.state_dict()["classifier.bias"];
        using (no_grad()) bias.copy_(tensor(new[] { 1f, -2f, 3f }));
        Tensor pixels = head.PixelLogits(features).flatten(2), logits = head.call(features);
        Tensor pooled = Pooling.Pcam(features, head.PixelLogits(features));               // [B, K, D]
        Close.Assert((pooled * weight).sum(-1) + bias, logits, 1e-4);
        // Σ a z straight from the formula, in float64.
        Tensor z = pixels.to_type(ScalarType.Float64), p = z.sigmoid();
        Close.Assert((p / p.sum(-1, keepdim: true) * z).sum(-1), logits, 1e-4);
        Assert.True((logits <= pixels.amax([-1]) + tensor(1e-4f)).all().item<bool>());
        Assert.True((logits >= pixels.mean([-1]) - tensor(1e-4f)).all().item<bool>());
        Close.Assert(p.reshape(2, 3, 4, 6), head.Heatmaps(features), 1e-6);
    }

    [Fact]
    public void PcamHead_AllPixelsSureOfTheContrary_StaysFinite()
    {
        using var scope = NewDisposeScope();
        Tensor logits = full(1, 1, 3, 3, -200.0, dtype: ScalarType.Float32);
        Close.Assert(ones(1, 1, 1) * tensor(4f), Pooling.Pcam(full(1, 1, 3, 3, 4.0, dtype: ScalarType.Float32), logits), 1e-5);
    }

    [Theory]
    [InlineData("pcam")]
    [InlineData("lse")]
    public void Backward_OneStep_ReachesTheFirstLayer(string head)
    {
        using var scope = NewDisposeScope();
        CxrModel backbone = ModelCatalog.Create("cxrnet", Three);
        using PooledModel model = head == "pcam" ? PooledModel.WithPcam(backbone) : PooledModel.WithLse(backbone);
        Tensor logits = model.call(randn(2, 1, 32, 32));
        Assert.Equal([2, 3], logits.shape);
        logits.sum().backward();
        Assert.True(model.parameters().First().grad!.abs().sum().item<float>() > 0);
        Assert.Contains("head.classifier.weight", model.state_dict().Keys);
    }
}
