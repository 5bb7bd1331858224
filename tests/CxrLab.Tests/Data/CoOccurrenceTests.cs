using CxrLab.Data;
using Xunit;

namespace CxrLab.Tests.Data;

public class CoOccurrenceTests
{
    [Fact]
    public void CoOccurrence_SmallIndex_CountsPairsAndOnlyThisLabelOnTheDiagonal()
    {
        var labels = new LabelSet("A", "B", "C");
        const LabelState yes = LabelState.Positive, no = LabelState.Negative, maybe = LabelState.Uncertain, missing = LabelState.Missing;
        LabelState[][] rows = [[yes, no, no], [yes, yes, no], [yes, yes, yes], [maybe, yes, missing], [no, no, no]];
        var index = new CxrIndex("small", labels, rows.Select((states, i) => new CxrRecord { ImageId = $"{i}", PatientId = $"{i}", Labels = states, Source = "small" }));
        Assert.Equal(new[,] { { 1, 2, 1 }, { 2, 1, 1 }, { 1, 1, 0 } }, index.CoOccurrence());
    }

    [Fact]
    public void CoOccurrence_WholeNihTable_HasThePublishedShape()
    {
        CxrIndex index = NihChestXray14.Read(RealData.Require("nih"), ImageRule.Optional);
        int[,] counts = index.CoOccurrence();
        // Recomputed from the 2020 table; the README's row is of the 2017 table and differs by a few images.
        Assert.Equal([4215, 370, 3275, 3264, 739, 590, 262, 774, 1223, 221, 424, 220, 496, 40], Enumerable.Range(0, 14).Select(k => counts[0, k]));
        int[] alone = [4215, 1093, 3955, 9547, 2139, 2705, 322, 2194, 1310, 628, 892, 727, 1126, 110];
        Assert.Equal(alone, Enumerable.Range(0, 14).Select(k => counts[k, k]));
        for (int a = 0; a < 14; a++)
            for (int b = 0; b < 14; b++) Assert.Equal(counts[a, b], counts[b, a]);
    }
}
