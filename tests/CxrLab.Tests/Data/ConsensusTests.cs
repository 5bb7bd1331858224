using CxrLab.Data;
using Xunit;
using static CxrLab.LabelState;

namespace CxrLab.Tests.Data;

public class ConsensusTests
{
    [Theory]
    [InlineData(new[] { Positive, Positive, Negative }, Positive, Positive, Negative, Uncertain)]
    [InlineData(new[] { Positive, Negative, Negative }, Negative, Positive, Negative, Uncertain)]
    [InlineData(new[] { Positive, Positive, Positive }, Positive, Positive, Positive, Positive)]
    [InlineData(new[] { Negative, Negative, Negative }, Negative, Negative, Negative, Negative)]
    [InlineData(new[] { Positive, Negative, Missing }, Uncertain, Positive, Negative, Uncertain)]
    [InlineData(new[] { Positive, Missing, Missing }, Positive, Positive, Positive, Positive)]
    [InlineData(new[] { Missing, Missing }, Missing, Missing, Missing, Missing)]
    public void Decide_Votes_FollowsTheRule(LabelState[] votes, LabelState majority, LabelState any, LabelState all, LabelState unanimous) =>
        Assert.Equal([majority, any, all, unanimous], new ILabelConsensus[] { new MajorityVote(), new AnyReader(), new AllReaders(), new UnanimousReaders() }.Select(rule => rule.Decide(votes)));

    [Fact]
    public void Suppression_OverlapAboveThreshold_KeepsTheBetterBoxOfEachFinding()
    {
        // IoU of the first two: 80 / 120 = 2/3.
        ScoredBox[] boxes = [new("A", new Box(0, 0, 10, 10), 0.6), new("A", new Box(2, 0, 10, 10), 0.9), new("B", new Box(0, 0, 10, 10), 0.1), new("A", new Box(50, 50, 5, 5), 0.2)];
        Assert.Equal([boxes[1], boxes[3], boxes[2]], new NonMaximumSuppression(0.5).Fuse(boxes, 3));
        Assert.Equal(4, new NonMaximumSuppression(0.7).Fuse(boxes, 3).Count);
    }

    [Fact]
    public void Suppression_EqualScores_KeepsTheBoxMostLikeTheOthers()
    {
        ScoredBox[] boxes = [new("A", new Box(0, 0, 10, 10)), new("A", new Box(1, 0, 10, 10)), new("A", new Box(2, 0, 10, 10))];
        Assert.Equal(boxes[1], new NonMaximumSuppression(0.5).Fuse(boxes, 3).Single());
    }

    [Fact]
    public void WeightedFusion_TwoOfThreeReaders_AveragesCornersAndScoresTwoThirdsOfTheMean()
    {
        // Corners 0..10 with score .9 and 2..12 with .3: x = (0·.9 + 2·.3) / 1.2 = .5, right = (10·.9 + 12·.3) / 1.2 = 10.5.
        ScoredBox[] boxes = [new("A", new Box(0, 0, 10, 10), 0.9), new("A", new Box(2, 0, 10, 10), 0.3), new("A", new Box(40, 40, 4, 4), 0.6)];
        IReadOnlyList<ScoredBox> fused = new WeightedBoxFusion().Fuse(boxes, 3);
        Assert.Equal(2, fused.Count);
        Assert.Equal(0.5, fused[0].Box.X, 1e-12);
        Assert.Equal(10.5, fused[0].Box.Right, 1e-12);
        Assert.Equal(0.6 * 2 / 3, fused[0].Score, 1e-12);
        Assert.Equal(0.6 / 3, fused[1].Score, 1e-12);
    }

    [Fact]
    public void WeightedFusion_MoreBoxesThanReaders_DoesNotRaiseTheScore()
    {
        ScoredBox[] boxes = [.. Enumerable.Repeat(new ScoredBox("A", new Box(0, 0, 10, 10), 0.5), 3)];
        Assert.Equal(0.5, new WeightedBoxFusion().Fuse(boxes, 2).Single().Score, 1e-12);
    }

    [Fact]
    public void Agreement_TwentyFiveByHand_GivesKappa()
    {
        // Both 20, first only 5, second only 10, none 15: observed .7, chance .5·.6 + .5·.4 = .5, kappa .4.
        RaterAgreement agreement = RaterAgreement.Of(20, 5, 10, 15);
        Assert.Equal((50, 0.7), (agreement.Images, agreement.Observed));
        Assert.Equal(0.4, agreement.Kappa, 1e-12);
        Assert.True(double.IsNaN(RaterAgreement.Of(0, 0, 0, 9).Kappa));
        Assert.True(double.IsNaN(RaterAgreement.Of(0, 0, 0, 0).Observed));
    }
}
