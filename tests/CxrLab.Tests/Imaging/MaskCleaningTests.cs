using CxrLab.Imaging;
using Xunit;

namespace CxrLab.Tests.Imaging;

public class MaskCleaningTests
{
    [Fact]
    public void KeepLargest_ThreeRegions_DropsTheSmallest() =>
        Assert.Equal(Mask("##..#", "##...", "...##", "..##."), MaskCleaning.KeepLargest(Mask("##..#", "##...", "...##", "..##."), 5, 3));

    [Fact]
    public void KeepLargest_Two_JoinsCornersAndDropsTheRest() =>
        Assert.Equal(Mask("##...", "##...", "...##", "..##."), MaskCleaning.KeepLargest(Mask("##..#", "##...", "...##", "..##."), 5));

    [Fact]
    public void FillHoles_RingAndBay_FillsTheRingOnly() =>
        Assert.Equal(Mask("###..", "###.#", "###..", "....."), MaskCleaning.FillHoles(Mask("###..", "#.#.#", "###..", "....."), 5));

    [Fact]
    public void Cleaning_EmptyAndFull_StayAsTheyAre()
    {
        Assert.Equal(new bool[12], MaskCleaning.FillHoles(MaskCleaning.KeepLargest(new bool[12], 4), 4));
        bool[] full = [.. Enumerable.Repeat(true, 1_000_000)]; // one region as large as the picture: no recursion
        Assert.Equal(full, MaskCleaning.FillHoles(MaskCleaning.KeepLargest(full, 1000), 1000));
        Assert.Throws<ArgumentException>(() => MaskCleaning.KeepLargest(new bool[12], 5));
    }

    private static bool[] Mask(params string[] rows) => [.. rows.SelectMany(row => row.Select(cell => cell == '#'))];
}
