using CxrLab.Losses;
using CxrLab.Tests.Golden;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Losses;

[Collection(nameof(GlobalGenerator))]
public class SegmentationLossTests
{
    // The lecture's heat map against its box; ΣA = 7.82, ΣB = 8, ΣAB = 7.41, ΣA² = 6.9132.
    private static readonly double[] HeatMap = [.01, .03, .02, .02, .05, .12, .09, .07, .89, .85, .88, .91, .99, .97, .95, .97];
    private static readonly double[] BoxMask = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];

    public static TheoryData<string> Names => [.. SegmentationLosses.Names];

    [Theory]
    [InlineData(false, 0.063211125158028)]
    [InlineData(true, 0.006249497089827)]
    public void Dice_LectureHeatMap_GivesTheSlidesLoss(bool squared, double expected)
    {
        using var scope = NewDisposeScope();
        var heat = tensor(HeatMap).reshape(1, 1, 4, 4);
        var mask = tensor(BoxMask).reshape(1, 1, 4, 4);
        Assert.Equal(7.82, heat.sum().item<double>(), 1e-12);
        Assert.Equal(8, mask.sum().item<double>(), 1e-12);
        var loss = new DiceLoss(squared) { Activation = Activation.None, SmoothNumerator = 0, SmoothDenominator = 0 };
        Assert.Equal(expected, loss.Compute(heat, mask).item<double>(), 1e-12);
        // The intersection and the exact ratio, by hand.
        Assert.Equal(squared ? 1 - (2 * 7.41 / (6.9132 + 8)) : 1 - (2 * 7.41 / (7.82 + 8)), expected, 1e-12);
    }

    [Fact]
    public void Compute_MonaiGolden_Agrees()
    {
        using var scope = NewDisposeScope();
        var logits = GoldenFile.Tensor("monai", "logits");
        var target = GoldenFile.Tensor("monai", "target");
        Assert.Equal(GoldenFile.Tensor("monai", "dice_sigmoid").item<float>(), new DiceLoss(Squared: false).Compute(logits, target).item<float>(), 1e-5f);
        Assert.Equal(GoldenFile.Tensor("monai", "dice_squared").item<float>(), new DiceLoss(Squared: true).Compute(logits, target).item<float>(), 1e-5f);
        Assert.Equal(GoldenFile.Tensor("monai", "tversky_3_7").item<float>(), new TverskyLoss(0.3, 0.7).Compute(logits, target).item<float>(), 1e-5f);
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)]
    public void Compute_EveryOption_IsTheLoopOverPixels(bool squared, bool batch, bool background)
    {
        using var scope = NewDisposeScope();
        var (p, g, valid, plain) = Case();
        const double nr = 0.2, dr = 0.3;
        void Check(OverlapLoss loss, Func<double, double, double, double> ratio, bool square)
        {
            loss = loss with { Activation = Activation.None, Batch = batch, IncludeBackground = background, SmoothNumerator = nr, SmoothDenominator = dr };
            double[] costs = plain.Costs(ratio, square, batch, background);
            Assert.Equal(costs.Average(), loss.Compute(p, g, valid).item<double>(), 1e-12);
            Assert.Equal(costs.Sum(), (loss with { Reduction = nn.Reduction.Sum }).Compute(p, g, valid).item<double>(), 1e-12);
            Tensor each = (loss with { Reduction = nn.Reduction.None }).Compute(p, g, valid);
            Assert.Equal(batch ? 1 : 2, each.dim());
            Assert.All(costs.Zip(each.data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }

        Check(new DiceLoss(squared), (both, one, other) => ((2 * both) + nr) / (one + other + dr), squared);
        Check(new JaccardLoss(squared), (both, one, other) => ((2 * both) + nr) / ((2 * (one + other - both)) + dr), squared);
        Check(new TverskyLoss(0.3, 0.7), (both, one, other) => (both + nr) / (both + (0.3 * (one - both)) + (0.7 * (other - both)) + dr), false);
    }

    [Theory]
    [InlineData(ChannelWeight.Square, false)]
    [InlineData(ChannelWeight.Square, true)]
    [InlineData(ChannelWeight.Simple, false)]
    [InlineData(ChannelWeight.Uniform, true)]
    public void GeneralisedDice_WithAnEmptyChannel_IsTheLoopOverPixels(ChannelWeight weight, bool batch)
    {
        using var scope = NewDisposeScope();
        var (p, g, _, _) = Case();
        // Over the batch a channel is empty only when it is so in every image.
        (batch ? g.narrow(1, 1, 1) : g[0, 1]).zero_();
        var plain = new PlainOverlap(Cube(p), Cube(g));
        Func<double, double> w = weight switch { ChannelWeight.Square => area => 1 / (area * area), ChannelWeight.Simple => area => 1 / area, _ => _ => 1 };
        var loss = new GeneralisedDiceLoss(weight) { Activation = Activation.None, Batch = batch };
        double[] costs = plain.Generalised(w, batch, 1e-5);
        Assert.Equal(costs.Average(), loss.Compute(p, g).item<double>(), 1e-12);
        Assert.Equal(costs.Sum(), (loss with { Reduction = nn.Reduction.Sum }).Compute(p, g).item<double>(), 1e-12);
    }

    [Fact]
    public void Compute_Identities_Hold()
    {
        using var scope = NewDisposeScope();
        var (p, g, _, _) = Case();
        double Value(OverlapLoss loss) => (loss with { Activation = Activation.None, SmoothNumerator = 0, SmoothDenominator = 0, Batch = true, IncludeBackground = true }).Compute(p.narrow(1, 0, 1), g.narrow(1, 0, 1)).item<double>();
        double dice = 1 - Value(new DiceLoss(Squared: false)), jaccard = 1 - Value(new JaccardLoss());
        Assert.Equal(2 * jaccard / (1 + jaccard), dice, 1e-12);
        Assert.Equal(dice, 1 - Value(new TverskyLoss(0.5, 0.5)), 1e-12);
        Assert.Equal(jaccard, 1 - Value(new TverskyLoss(1, 1)), 1e-12);
        Assert.Equal(dice, 1 - Value(new GeneralisedDiceLoss(ChannelWeight.Square)), 1e-12); // of one channel the weight cancels
    }

    [Fact]
    public void Compute_Softmax_IsNoneOfTheSoftmax()
    {
        using var scope = NewDisposeScope();
        var logits = randn(2, 3, 4, 4);
        var mask = logits.argmax(1).to_type(ScalarType.Int64);
        var target = nn.functional.one_hot(mask, 3).permute(0, 3, 1, 2).to_type(ScalarType.Float32);
        var loss = new DiceLoss { Activation = Activation.Softmax, IncludeBackground = false };
        Close.Assert((loss with { Activation = Activation.None }).Compute(logits.softmax(1), target), loss.Compute(logits, target), 1e-6);
    }

    [Fact]
    public void Dice_EmptyMaskPredictedEmpty_CostsNothing()
    {
        using var scope = NewDisposeScope();
        var empty = zeros(2, 1, 4, 4);
        foreach (double smooth in new[] { 0, 1e-5, 1 })
            foreach (OverlapLoss loss in new OverlapLoss[] { new DiceLoss(), new DiceLoss(false), new JaccardLoss(), new TverskyLoss(), new GeneralisedDiceLoss() })
            {
                var p = zeros(2, 1, 4, 4).requires_grad_(true);
                var value = (loss with { Activation = Activation.None, SmoothNumerator = smooth, SmoothDenominator = smooth }).Compute(p, empty);
                value.backward();
                Assert.Equal(0, value.item<float>());
                Assert.False(p.grad!.isnan().any().item<bool>(), loss.ToString());
            }

        // Predicted full it costs nearly all, and with batch sums the full mask of another image repairs it.
        Assert.True(new DiceLoss { Activation = Activation.None }.Compute(ones(1, 1, 4, 4), zeros(1, 1, 4, 4)).item<float>() > 0.999f);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compute_Gradient_IsTheFiniteDifference(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        ILoss loss = SegmentationLosses.ByName(name);
        var logits = randn(2, 2, 3, 2, dtype: ScalarType.Float64).requires_grad_(true);
        var targets = rand(2, 2, 3, 2, dtype: ScalarType.Float64).round();
        var valid = rand(2, 2, 3, 2, dtype: ScalarType.Float64).gt(0.2).to_type(ScalarType.Float64);
        loss.Compute(logits, targets, valid).backward();
        for (int i = 0; i < 24; i++)
        {
            var step = zeros(24, dtype: ScalarType.Float64);
            step[i] = 1e-6;
            var up = loss.Compute(logits.detach() + step.reshape(2, 2, 3, 2), targets, valid).item<double>();
            var down = loss.Compute(logits.detach() - step.reshape(2, 2, 3, 2), targets, valid).item<double>();
            Assert.Equal((up - down) / 2e-6, logits.grad!.flatten()[i].item<double>(), 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compute_NaNInMaskedPixels_AddsExactlyZero(string name)
    {
        using var scope = NewDisposeScope();
        ILoss loss = SegmentationLosses.ByName(name);
        var logits = randn(2, 1, 4, 4);
        var targets = rand(2, 1, 4, 4).round();
        var valid = ones(2, 1, 4, 4);
        valid.narrow(2, 0, 2).zero_();
        double expected = loss.Compute(logits.narrow(2, 2, 2), targets.narrow(2, 2, 2)).item<float>();
        logits.narrow(2, 0, 2).fill_(float.NaN);
        targets.narrow(2, 0, 2).fill_(float.NaN);
        logits = logits.requires_grad_(true);
        var value = loss.Compute(logits, targets, valid);
        value.backward();
        Assert.Equal(expected, value.item<float>(), 1e-6);
        Assert.Equal(0, logits.grad!.narrow(2, 0, 2).abs().max().item<float>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compute_ImageWithoutKnownPixel_LeavesTheMeanToTheOthers(string name)
    {
        using var scope = NewDisposeScope();
        ILoss loss = SegmentationLosses.ByName(name);
        var logits = randn(2, 1, 4, 4);
        var targets = rand(2, 1, 4, 4).round();
        var valid = ones(2, 1, 4, 4);
        valid[1].zero_();
        Assert.Equal(loss.Compute(logits.narrow(0, 0, 1), targets.narrow(0, 0, 1)).item<float>(), loss.Compute(logits, targets, valid).item<float>(), 1e-6f);
        Assert.Equal(0, loss.Compute(logits, targets, zeros_like(valid)).item<float>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compute_ManyTimes_LeavesNoTensor(string name)
    {
        using var scope = NewDisposeScope();
        ILoss loss = SegmentationLosses.ByName(name);
        var logits = randn(2, 2, 4, 4);
        var targets = rand(2, 2, 4, 4).round();
        long before = scope.DisposablesCount;
        for (int i = 0; i < 5; i++) loss.Compute(logits, targets).Dispose();
        Assert.Equal(before, scope.DisposablesCount);
    }

    [Fact]
    public void Compute_UnfitInput_SaysWhatIsExpected()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => new DiceLoss().Compute(zeros(2, 3), zeros(2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("[1, 1, 4, 5]", Assert.Throws<ArgumentException>(() => new DiceLoss().Compute(zeros(1, 1, 4, 4), zeros(1, 1, 4, 5))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DiceLoss { SmoothNumerator = -1 }.Compute(zeros(1, 1, 4, 4), zeros(1, 1, 4, 4)));
        Assert.Throws<ArgumentException>(() => new TverskyLoss(-1, 1).Compute(zeros(1, 1, 4, 4), zeros(1, 1, 4, 4)));
        Assert.Throws<ArgumentException>(() => new BceDiceLoss { Dice = new DiceLoss { Activation = Activation.None } }.Compute(zeros(1, 1, 4, 4), zeros(1, 1, 4, 4)));
        Assert.Contains("bce-dice", Assert.Throws<ArgumentException>(() => SegmentationLosses.ByName("x")).Message, StringComparison.Ordinal);
    }

    private static (Tensor P, Tensor G, Tensor Valid, PlainOverlap Plain) Case()
    {
        var random = new Random(5);
        Tensor Draw(Func<double> value) => tensor(Enumerable.Range(0, 2 * 3 * 6 * 5).Select(_ => value()).ToArray()).reshape(2, 3, 6, 5);
        Tensor p = Draw(random.NextDouble), g = Draw(() => random.Next(2)), valid = Draw(() => random.Next(4) > 0 ? 1 : 0);
        return (p, g, valid, new PlainOverlap(Cube(p), Cube(g), Cube(valid)));
    }

    private static double[,,] Cube(Tensor maps)
    {
        var cube = new double[maps.shape[0], maps.shape[1], maps.shape[2] * maps.shape[3]];
        Buffer.BlockCopy(maps.contiguous().data<double>().ToArray(), 0, cube, 0, (int)maps.numel() * sizeof(double));
        return cube;
    }
}
