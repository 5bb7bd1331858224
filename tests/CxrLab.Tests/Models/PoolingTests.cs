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

    [Fact]
    public void Average_Golden_GivesTheMean()
    {
        using var scope = NewDisposeScope();
        Close.Assert(GoldenFile.Tensor("pools", "AVG"), Pooling.Average(GoldenFile.Tensor("pools", "feat")), 1e-6);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-3)]
    public void LogSumExp_SmallSharpness_BecomesTheMeanWithoutLosingDigits(double sharpness)
    {
        using var scope = NewDisposeScope();
        Tensor maps = GoldenFile.Tensor("pools", "feat");
        // log mean exp(r x) / r = mean + r var / 2 + O(r²)
        Tensor expected = maps.mean([-2, -1]) + (maps.var([-2, -1], unbiased: false) * tensor((float)sharpness / 2));
        Close.Assert(expected, Pooling.LogSumExp(maps, sharpness), 1e-5);
    }

    [Fact]
    public void LogSumExp_LargeSharpness_BecomesTheMaximum()
    {
        using var scope = NewDisposeScope();
        Tensor maps = GoldenFile.Tensor("pools", "feat");
        Close.Assert(Pooling.Max(maps), Pooling.LogSumExp(maps, 1e6), 1e-5);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(30)]
    public void LogSumExp_Float32_IsTheFormulaInFloat64(double sharpness)
    {
        using var scope = NewDisposeScope();
        Tensor maps = randn(3, 4, 20, 20) * tensor(3f);
        Tensor wide = maps.to_type(ScalarType.Float64) * tensor(sharpness), highest = wide.amax([-2, -1], keepdim: true);
        Tensor expected = ((wide - highest).exp().mean([-2, -1]).log() + highest.flatten(1)) / tensor(sharpness);
        Close.Assert(expected, Pooling.LogSumExp(maps, sharpness), 5e-6);
    }

    [Fact]
    public void LseLba_IsItsFormula()
    {
        using var scope = NewDisposeScope();
        Tensor s = GoldenFile.Tensor("pools", "logit").sigmoid(), wide = s.to_type(ScalarType.Float64);
        foreach ((double r0, double beta) in new[] { (0.0, 0.0), (5.0, 1.0), (2.0, -3.0) })
        {
            double r = r0 + Math.Exp(beta);
            Close.Assert((wide * tensor(r)).exp().mean([-2, -1]).log() / tensor(r), Pooling.LseLba(s, tensor((float)beta), r0), 1e-6);
        }
    }

    [Fact]
    public void ExponentialAndLinear_FourNumbers_GiveTheFormulas()
    {
        using var scope = NewDisposeScope();
        Tensor map = tensor(new float[] { 0, 1, 2, 3 }).reshape(1, 1, 2, 2);
        double[] e = [1, Math.E, Math.Exp(2), Math.Exp(3)];
        Assert.Equal((e[1] + (2 * e[2]) + (3 * e[3])) / e.Sum(), Pooling.Exponential(map).item<float>(), 1e-6);
        Assert.Equal(14.0 / 6, Pooling.Linear(map).item<float>(), 1e-6);
        Assert.Equal(0, Pooling.Linear(zeros(1, 1, 2, 2)).item<float>());
        Assert.Equal(1003 - ((e[2] + (2 * e[1]) + 3) / e.Sum()), Pooling.Exponential(map + tensor(1000f)).item<float>(), 1e-3);
    }

    [Fact]
    public void ConstantMap_AnyPooling_IsTheAverage()
    {
        using var scope = NewDisposeScope();
        Tensor map = ones(2, 3, 4, 5) * tensor(0.37f), logits = ones(2, 6, 4, 5) * tensor(-1.3f), mean = map.mean([-2, -1]);
        Close.Assert(mean, Pooling.Max(map), 1e-7);
        Close.Assert(mean, Pooling.LogSumExp(map, 7), 1e-6);
        Close.Assert(mean, Pooling.LseLba(map, tensor(0.5f), 1), 1e-6);
        Close.Assert(mean, Pooling.Exponential(map), 1e-6);
        Close.Assert(mean, Pooling.Linear(map), 1e-6);
        Close.Assert(mean.unsqueeze(1).expand(2, 6, 3), Pooling.Pcam(map, logits), 1e-6);
        Close.Assert(mean.unsqueeze(1).expand(2, 6, 3), Pooling.Attention(map, logits), 1e-6);
    }

    [Fact]
    public void NoisyOr_FourProbabilities_GivesTheWorkedNumbers()
    {
        using var scope = NewDisposeScope();
        Tensor p = tensor(new double[] { 0.1, 0.2, 0.3, 0.4 }).reshape(1, 1, 2, 2), z = p.logit();
        Assert.Equal(0.6976, Pooling.NoisyOr(z).item<double>(), 1e-12);
        Assert.Equal(0.0198604, Pooling.ScaledNoisyOr(p).item<double>(), 5e-8);
        Assert.Equal(0.6976, Pooling.ScaledNoisyOr(p, floor: 0).item<double>(), 1e-12);
        Tensor box = tensor(new double[] { 0, 0, 1, 1 }).reshape(1, 1, 2, 2);
        Assert.Equal(0.0864, Pooling.LogBox(z, box).exp().item<double>(), 1e-12);
        Assert.Equal(Math.Log(0.6976 / 0.3024), Pooling.NoisyOrLogit(z).item<double>(), 1e-12);
    }

    // 20 × 20 maps, as the paper has them, in float32: the product of 400 factors is 0 there.
    [Fact]
    public void NoisyOr_FourHundredPixels_KeepsItsDigits()
    {
        using var scope = NewDisposeScope();
        Tensor Map(float z) => full(1, 1, 20, 20, z, dtype: ScalarType.Float32);
        Assert.Equal(-850.77, Pooling.LogNone(Map(2)).item<float>(), 5e-3);
        Assert.Equal(0.0179957, Pooling.NoisyOr(Map(-10)).item<float>(), 5e-8);
        Assert.Equal(0.99969, Pooling.ScaledNoisyOr(ones(1, 1, 20, 20)).item<float>(), 5e-6);
        Assert.Equal(0.276, Pooling.ScaledNoisyOr(ones(1, 1, 4, 4)).item<float>(), 5e-4);
        Assert.Equal(850.77, Pooling.NoisyOrLogit(Map(2)).item<float>(), 5e-3);
        foreach (float z in new[] { -10f, -20f, -21.9f, -22.2f, -50f, -200f }) // on both sides of the switch to Σ p
        {
            double none = -400 * Math.Log(1 + Math.Exp(z)), any = z < -30 ? Math.Log(400) + z : Math.Log(-(Math.Exp(none) - 1));
            if (z is < -15 and > -30) any = Math.Log(400) + z - (200 * Math.Exp(z));
            Assert.Equal(any - none, Pooling.NoisyOrLogit(Map(z)).item<float>(), 1e-4);
        }
    }

    [Fact]
    public void NoisyOr_RandomMaps_IsTheProduct()
    {
        using var scope = NewDisposeScope();
        Tensor z = randn(3, 4, 5, 6, dtype: ScalarType.Float64) - tensor(2.0);
        Tensor product = ones(3, 4, dtype: ScalarType.Float64) - (ones_like(z) - z.sigmoid()).flatten(2).prod(-1);
        Close.Assert(product, Pooling.NoisyOr(z), 1e-12);
        Close.Assert(product, Pooling.NoisyOrLogit(z).sigmoid(), 1e-12);
    }

    [Fact]
    public void Settings_OutOfRange_AreNamed()
    {
        using var map = zeros(1, 1, 2, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => Pooling.LogSumExp(map, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pooling.LogSumExp(map, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pooling.LseLba(map, map, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pooling.ScaledNoisyOr(map, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LseHead(2, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LseLbaHead(2, 2, -1));
    }
}
