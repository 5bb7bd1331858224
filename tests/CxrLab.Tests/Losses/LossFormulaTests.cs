using CxrLab.Losses;
using CxrLab.Models;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Losses;

/// <summary>Numbers computed by hand or by other tools, and identities between losses.</summary>
public class LossFormulaTests
{
    [Fact]
    public void NoisyOr_OfManySurePatches_StaysFinite()
    {
        using var scope = NewDisposeScope();
        // 400 patches: ln(1 - p) = -400 ln(1 + e²); a float32 product would be 0 and its logarithm infinite.
        Assert.Equal(-850.77, NoisyOr.LogNone(full([1, 1, 20, 20], 2f)).item<float>(), 5e-3);
        Assert.Equal(.0179957, NoisyOr.Probability(full([1, 1, 20, 20], -10f)).item<float>(), 1e-7);
        Assert.Equal(Math.Log(.0179957), NoisyOr.LogAny(full([1, 1, 20, 20], -10.0, ScalarType.Float64)).item<double>(), 1e-5);
        Assert.Equal(-100 + Math.Log(400), NoisyOr.LogAny(full([1, 1, 20, 20], -100f)).item<float>(), 1e-4);
    }

    [Fact]
    public void NoisyOr_WorkedExample_GivesTheFourNumbers()
    {
        using var scope = NewDisposeScope();
        var z = tensor(new[] { .1, .2, .3, .4 }).logit().reshape(1, 1, 2, 2);
        var box = tensor(new[] { 0.0, 0, 1, 1 }).reshape(1, 1, 2, 2);
        Assert.Equal(.6976, NoisyOr.Probability(z).item<double>(), 1e-12);
        Assert.Equal(.0198604, NoisyOr.Probability(z, .98).item<double>(), 1e-7);
        Assert.Equal(.0864, NoisyOr.LogBox(z, box).exp().item<double>(), 1e-12);
        var yes = ones(1, 1, dtype: ScalarType.Float64);
        Assert.Equal(-Math.Log(.6976), new MilLoss().Compute(z, yes).item<double>(), 1e-12);
        Assert.Equal(-Math.Log(1 - .6976), new MilLoss().Compute(z, 1 - yes).item<double>(), 1e-12);
        Assert.Equal(-5 * Math.Log(.0864), new MilLoss().Compute(z, yes, box, yes).item<double>(), 1e-12);
    }

    [Theory]
    [InlineData(20, .99969)]
    [InlineData(16, .9943)]
    [InlineData(4, .276)]
    public void NoisyOr_PapersFloor_BoundsWhatAnImageCanReach(int side, double bound)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(bound, NoisyOr.Probability(full([1, 1, side, side], 100.0, ScalarType.Float64), .98).item<double>(), 5e-4);
    }

    [Fact]
    public void MilLoss_ProductOverBoxes_IsThePixelCrossEntropyWhereThereIsNoFloor()
    {
        using var scope = NewDisposeScope();
        Tensor z = randn(2, 3, 4, 4, dtype: ScalarType.Float64), boxes = rand(2, 3, 4, 4).gt(.5).to_type(ScalarType.Float64), yes = ones(2, 3, dtype: ScalarType.Float64);
        double product = new MilLoss(1).Compute(z, yes, boxes, yes).item<double>();
        Assert.Equal(product, new MilLoss(1, BoxTerm.PixelCrossEntropy).Compute(z, yes, boxes, yes).item<double>(), 1e-10);
        Assert.Equal(product, new BoxCrossEntropy().Compute(z, boxes).item<double>(), 1e-10);
        Assert.Equal(product / 16, new BoxCrossEntropy(true).Compute(z, boxes).item<double>(), 1e-10);
    }

    [Fact]
    public void UncertainMultiClass_Logits123_LeaveTheUncertainOut()
    {
        using var scope = NewDisposeScope();
        var z = tensor(new[] { 1.0, 2, 3 }).reshape(1, 3);
        Assert.Equal(.731059, UncertainMultiClass.PositiveLogits(z).sigmoid().item<double>(), 1e-6);
        Assert.Equal(-Math.Log(.244728), new UncertainMultiClass().Compute(z, ones(1, 1)).item<double>(), 1e-5);
        Assert.Contains("0 (negative)", Assert.Throws<ArgumentException>(() => new UncertainMultiClass().Compute(z, full([1, 1], 3f))).Message, StringComparison.Ordinal);
        Assert.Contains("[1, 4]", Assert.Throws<ArgumentException>(() => new UncertainMultiClass().Compute(zeros(1, 4), ones(1, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Focal_WithoutFocus_IsTheCrossEntropy()
    {
        using var scope = NewDisposeScope();
        Tensor x = randn(5, 4, dtype: ScalarType.Float64), y = rand(5, 4, dtype: ScalarType.Float64);
        Close.Assert(new BinaryCrossEntropy().Compute(x, y), new FocalLoss(0, null).Compute(x, y), 1e-12);
        Close.Assert(new BinaryCrossEntropy().Compute(x, y), new AsymmetricLoss(0, 0, 0).Compute(x, y), 1e-12);
    }

    [Fact]
    public void Asymmetric_EasyNegativeBelowTheMargin_CostsExactlyNothing()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new[] { -3.0, -1 }).reshape(1, 2).requires_grad_(true); // p = .047 and .269
        Tensor cost = new AsymmetricLoss { Reduction = nn.Reduction.None }.Compute(x, zeros(1, 2));
        cost.sum().backward();
        double q = 1 / (1 + Math.E) - .05;
        Assert.Equal([0, -Math.Pow(q, 4) * Math.Log(1 - q)], cost.data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(0, x.grad![0, 0].item<double>());
        Assert.True(x.grad[0, 1].item<double>() > 0);
    }

    [Fact]
    public void BatchBalanced_FindingWithoutPositive_CostsNothing()
    {
        using var scope = NewDisposeScope();
        Tensor x = zeros(4, 2, dtype: ScalarType.Float64), y = tensor(new double[,] { { 1, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 } });
        Tensor cells = new BatchBalancedCrossEntropy { Reduction = nn.Reduction.None }.Compute(x, y);
        double half = Math.Log(2);
        Assert.Equal([3 * half, 0, half, 0, half, 0, half, 0], cells.flatten().data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void CumulativeLink_Probabilities_SumToOneAndLearnTheirThresholds()
    {
        using var scope = NewDisposeScope();
        Tensor theta = tensor(new[] { -1.0, 0, 3 }).requires_grad_(true), x = full([4], .7, ScalarType.Float64);
        var loss = new CumulativeLinkLoss(theta) { Reduction = nn.Reduction.None };
        Tensor cells = loss.Compute(x, tensor(new[] { 0.0, 1, 2, 3 }));
        Assert.Equal(1, cells.neg().exp().sum().item<double>(), 1e-12);
        cells.sum().backward();
        Assert.True(theta.grad!.abs().min().item<double>() > 0);
        Assert.Throws<ArgumentException>(() => new CumulativeLinkLoss(tensor(new[] { 1.0, 0 })));
    }

    [Fact]
    public void Ordinal_TargetsThatAreNoRanks_AreNamed()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("0 to 4", Assert.Throws<ArgumentException>(() => new CoralLoss(5).Compute(zeros(2, 4), tensor(new[] { 1f, 5 }))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CoralLoss(5).Compute(zeros(2, 4), tensor(new[] { 1f, 1.5f })));
        Assert.Throws<ArgumentException>(() => new CoralLoss(5).Compute(zeros(2, 5), tensor(new[] { 1f, 1 })));
        Assert.Equal([2L, 0], CoralLoss.Rank(tensor(new float[,] { { 3, 1, -1, -2 }, { -1, -2, -3, -4 } })).data<long>().ToArray());
    }

    [Fact]
    public void Consistency_UnknownBorder_IsLeftOut()
    {
        using var scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1f, 2, float.NaN, 4, 9, 9, 9, 9 }).reshape(2, 1, 2, 2), valid = tensor(new[] { 1f, 1, 0, 1, 0, 0, 0, 0 }).reshape(2, 1, 2, 2);
        Assert.Equal((1 + 4 + 16) / 3f, new ConsistencyLoss().Compute(x, zeros_like(x), valid).item<float>(), 1e-5f);
        Assert.Equal(0, new ConsistencyLoss().Compute(x, zeros_like(x), zeros_like(x)).item<float>());
        Assert.Equal([2], new ConsistencyLoss { Reduction = nn.Reduction.None }.Compute(x, zeros_like(x), valid).shape);
    }

    [Fact]
    public void Perceptual_OfANetwork_PullsTheImageAndNotTheWeights()
    {
        using var scope = NewDisposeScope();
        using CxrModel network = ModelCatalog.Create("cxrnet", new LabelSet("Mass"));
        var loss = new PerceptualLoss(network);
        Tensor x = randn(2, 1, 32, 32).requires_grad_(true), y = randn(2, 1, 32, 32);
        Tensor value = loss.Compute(x, y);
        value.backward();
        Close.Assert((network.Features(x) - network.Features(y)).square().mean(), value, 1e-6);
        Assert.True(x.grad!.abs().max().item<float>() > 0);
        Assert.All(network.parameters(), weight => Assert.Null(weight.grad));
        Assert.Equal(0, loss.Compute(y, y).item<float>());
    }

    [Fact]
    public void Perceptual_MeanFeatures_AreTheMeanOverAllImages()
    {
        using var scope = NewDisposeScope();
        var loss = new PerceptualLoss(images => images * images);
        Tensor a = randn(3, 1, 2, 2), b = randn(1, 1, 2, 2);
        Tensor mean = loss.MeanFeatures([a, b]);
        Close.Assert(cat([a, b]).square().mean([0], keepdim: true), mean, 1e-6);
        Close.Assert((a.square() - mean).square().mean(), loss.ToFeatures(a, mean), 1e-6);
        Close.Assert((a.square() - mean).square().flatten(1).sum(1).sqrt().mean() / 4, new PerceptualLoss(images => images * images) { Squared = false }.ToFeatures(a, mean), 1e-6);
        Assert.Throws<ArgumentException>(() => loss.MeanFeatures([]));
    }

    [Fact]
    public void Create_EveryName_GivesALossAndAnUnknownOneTheList()
    {
        Assert.All(ClassificationLosses.Names, name => Assert.NotNull(ClassificationLosses.Create(name, [3, 1], [5, 7])));
        string message = Assert.Throws<ArgumentException>(() => ClassificationLosses.Create("hinge", [1], [1])).Message;
        Assert.All(ClassificationLosses.Names, name => Assert.Contains(name, message, StringComparison.Ordinal));
    }
}
