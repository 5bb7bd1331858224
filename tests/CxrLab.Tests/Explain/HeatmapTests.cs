using CxrLab.Explain;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Explain;

public class HeatmapTests
{
    private static readonly Heatmap Diagonal = new(
        new float[,]
        {
            { 9, 0, 0, 0, -5 },
            { 0, 9, 0, 0, 0 },
            { 0, 0, 0, 0, 0 },
            { 0, 0, 0, 0, 10 },
        },
        "Mass");

    [Theory]
    [InlineData(7, 9)]
    [InlineData(3, 2)]
    [InlineData(1, 1)]
    public void Resize_AnySize_IsTorchsBilinear(int height, int width)
    {
        using var scope = NewDisposeScope();
        var map = rand(4, 5);
        var expected = nn.functional.interpolate(map.reshape(1, 1, 4, 5), [height, width], mode: InterpolationMode.Bilinear, align_corners: false)[0, 0];
        Close.Assert(expected, tensor(Heatmap.From(map, "Mass").Resize(height, width).Values), 1e-6);
    }

    [Fact]
    public void ToBoxes_DiagonalNeighbours_AreOneBoxAndComeFirstByEvidence() =>
        Assert.Equal([new Box(0, 0, 2, 2), new Box(4, 3, 1, 1)], Diagonal.ToBoxes(BoxRule.FractionOfMax(0.2)));

    [Fact]
    public void ToBoxes_TopPercent_TakesTheStrongestAndTheirTies()
    {
        Assert.Equal([new Box(4, 3, 1, 1)], Diagonal.ToBoxes(BoxRule.TopPercent(5)));                       // 1 of 20 pixels
        Assert.Equal([new Box(0, 0, 2, 2), new Box(4, 3, 1, 1)], Diagonal.ToBoxes(BoxRule.TopPercent(10)));  // 2, and the tie
    }

    [Theory]
    [InlineData(Ties.All, 5)]
    [InlineData(Ties.None, 2)]
    [InlineData(Ties.ReadingOrder, 4)]
    public void ToBoxes_Ties_AreTreatedAsAsked(Ties ties, int expected)
    {
        // 20 % of 20 pixels are 4: two 9s and two of three 3s. Each stands apart, so boxes count pixels.
        var map = new Heatmap(new float[,] { { 9, 0, 3, 0, 3 }, { 0, 0, 0, 0, 0 }, { 3, 0, 9, 0, 0 }, { 0, 0, 0, 0, 0 } }, "Mass");
        IReadOnlyList<Box> boxes = map.ToBoxes(BoxRule.TopPercent(20, ties));
        Assert.Equal(expected, boxes.Count);
        Assert.Equal(ties == Ties.All, boxes.Contains(new Box(0, 2, 1, 1)));
    }

    [Fact]
    public void ToBoxes_Zhou_IsTheLargestRegionNotTheHottest()
    {
        var map = new Heatmap(new float[,] { { 3, 3, 3, 0, 10 }, { 0, 0, 0, 0, 0 } }, "Mass");
        Assert.Equal([new Box(0, 0, 3, 1)], map.ToBoxes(BoxRule.Zhou()));
        Assert.Equal([new Box(4, 0, 1, 1), new Box(0, 0, 3, 1)], map.ToBoxes(BoxRule.FractionOfMax(0.2)));
    }

    [Fact]
    public void Largest_Boxes_IsTheOneWithTheMostArea()
    {
        Assert.Equal(new Box(0, 0, 2, 2), Diagonal.ToBoxes(BoxRule.FractionOfMax(0.2)).Largest());
        Assert.Contains("no box", Assert.Throws<InvalidOperationException>(() => Array.Empty<Box>().Largest()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Rules_GiveTheNamedOne()
    {
        Assert.Equal([BoxRule.Zhou(), BoxRule.Wang(), BoxRule.FractionOfMax(0.5), BoxRule.TopPercent(7.5)], new[] { "zhou", "wang", "fraction:0.5", "top:7.5" }.Select(BoxRule.Parse));
        Assert.Contains("top:10", Assert.Throws<ArgumentException>(() => BoxRule.Parse("best")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => BoxRule.Parse("top:0"));
    }

    [Fact]
    public void ToBoxes_Wang_TakesRegionsOfBothCuts()
    {
        // From -5 to 10: 60/255 is -1.47, which joins all pixels but the corner; 180/255 is 5.59.
        Assert.Equal([new Box(0, 0, 5, 4), new Box(0, 0, 2, 2), new Box(4, 3, 1, 1)], Diagonal.ToBoxes(BoxRule.Wang()));
    }

    [Fact]
    public void ToBoxes_NoEvidence_GivesNone()
    {
        var flat = new Heatmap(new float[3, 3], "Mass");
        Assert.Empty(flat.ToBoxes(BoxRule.FractionOfMax()));
        Assert.Empty(flat.ToBoxes(BoxRule.Wang()));
        Assert.Equal(0, flat.EnergyIn(new(0, 0, 3, 3)));
        Assert.All(flat.ReluMinMax().Values.Cast<float>(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void EnergyIn_PartOfAPixel_CountsItsPart()
    {
        Assert.Equal(18 / 28.0, Diagonal.EnergyIn(new(0, 0, 2, 2)), 1e-12);
        Assert.Equal(4.5 / 28, Diagonal.EnergyIn(new(0, 0, 0.5, 1)), 1e-12);
        Assert.Equal(1, Diagonal.EnergyIn(new(-1, -1, 9, 9)), 1e-12);
    }

    [Fact]
    public void ToMimeBundle_AnyMap_ShowsSizeRangeAndPeak() =>
        Assert.Equal("Heatmap of Mass, 4×5, -5 to 10, peak at x 4, y 3", Diagonal.ToMimeBundle()["text/plain"]);
}
