using CxrLab.Reports;
using Xunit;

namespace CxrLab.Tests.Reports;

public class AggregationTests
{
    // All non-empty subsets of {0, -1, 1}, as the labeler of CheXpert takes them: the pair 0 and -1 is looked at first.
    [Theory]
    [InlineData(new[] { 0 }, 0, 0)]
    [InlineData(new[] { -1 }, -1, -1)]
    [InlineData(new[] { 1 }, 1, 1)]
    [InlineData(new[] { 0, -1 }, -1, -1)]
    [InlineData(new[] { 0, 1 }, 1, 1)]
    [InlineData(new[] { -1, 1 }, 1, 1)]
    [InlineData(new[] { 0, -1, 1 }, -1, 1)]
    public void EverySubset_InAnyOrder(int[] mentions, int cheXpert, int nih)
    {
        foreach (int[] order in (int[][])[mentions, [.. mentions.Reverse()], [.. mentions, .. mentions]])
        {
            Assert.Equal(State(cheXpert), Aggregation.CheXpert(order.Select(State)));
            Assert.Equal(State(nih), Aggregation.AnyPositive(order.Select(State)));
        }
    }

    [Fact]
    public void NoMention_IsMissing()
    {
        Assert.Equal(LabelState.Missing, Aggregation.CheXpert([]));
        Assert.Equal(LabelState.Missing, Aggregation.AnyPositive([]));
    }

    private static LabelState State(int value) => value switch { 1 => LabelState.Positive, 0 => LabelState.Negative, _ => LabelState.Uncertain };
}
