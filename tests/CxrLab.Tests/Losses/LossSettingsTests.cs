using CxrLab.Losses;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Losses;

public class LossSettingsTests
{
    [Fact]
    public void Create_WithParameters_IsTheLossThatTheyDescribe()
    {
        ILoss Of(string text) => ClassificationLosses.Create(text, [3, 1], [5, 7]);
        Assert.Equal(new FocalLoss(), Of("focal"));
        Assert.Equal(new FocalLoss(1.5, .4), Of("focal:gamma=1.5,alpha=0.4"));
        Assert.Equal(new FocalLoss(2, null) { Reduction = nn.Reduction.Sum }, Of("focal: alpha = none , reduction = sum"));
        Assert.Equal(new AsymmetricLoss(3, 0, .1), Of("asymmetric:gamma-negative=3,gamma-positive=0,clip=1e-1"));
        Assert.Equal(new WangCrossEntropy { Reduction = nn.Reduction.Mean }, Of("wang:reduction=mean"));
        Assert.Equal(new TverskyLoss(.2, .9) { Batch = true }, SegmentationLosses.ByName("tversky:beta=0.9,alpha=0.2,batch=true"));
        Assert.Equal(new DiceLoss(false) { SmoothNumerator = 1, SmoothDenominator = 2 }, SegmentationLosses.ByName("dice:squared=false,smooth-numerator=1,smooth-denominator=2"));
        Assert.Equal(new GeneralisedDiceLoss(ChannelWeight.Simple), SegmentationLosses.ByName("generalised-dice:weight=simple"));
        var both = Assert.IsType<BceDiceLoss>(SegmentationLosses.ByName("bce-dice:bce=0.5,dice=2,squared=false,batch=true"));
        Assert.Equal((.5, 2.0, new DiceLoss(false) { Batch = true }), (both.BceWeight, both.DiceWeight, both.Dice));
    }

    [Theory]
    [InlineData("focal:gama=2", "no parameter gama; it has gamma (2), alpha (0.25), reduction (mean)")]
    [InlineData("bce:gamma=2,x=1", "no parameter gamma, x; it has none")]
    [InlineData("focal:gamma=two", "gamma is 'two'; expected a number")]
    [InlineData("focal:gamma=1,5", "'5' is no parameter")]
    [InlineData("focal:gamma=NaN", "expected a number")]
    [InlineData("focal:gamma=1,gamma=2", "gamma twice")]
    [InlineData("focal:", "KEY=VALUE")]
    [InlineData("focal:=2", "KEY=VALUE")]
    [InlineData("focal:gamma=1=2", "KEY=VALUE")]
    [InlineData("focal:gamma=-1", "γ ≥ 0")]
    [InlineData("focal:alpha=2", "α in [0, 1]")]
    [InlineData("asymmetric:clip=1", "clip in [0, 1)")]
    [InlineData("wang:reduction=none", "mean or sum")]
    [InlineData("hinge:x=1", "there are: bce")]
    public void Create_WrongParameter_SaysWhatThereIs(string text, string words) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => ClassificationLosses.Create(text, [1], [1])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("dice:batch=yes", "true or false")]
    [InlineData("generalised-dice:weight=cube", "square, simple, uniform")]
    [InlineData("tversky:alpha=-1", "can't be negative; got -1")]
    [InlineData("bce-dice:smooth-numerator=-1", "Smoothing constants")]
    [InlineData("dice:smooth=1", "it has squared (true), batch (false), smooth-numerator (1e-05), smooth-denominator (1e-05)")]
    public void ByName_WrongParameter_SaysWhatThereIs(string text, string words) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => SegmentationLosses.ByName(text)).Message, StringComparison.Ordinal);
}
