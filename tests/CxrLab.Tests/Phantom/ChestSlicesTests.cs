using CxrLab.Phantom;
using Xunit;

namespace CxrLab.Tests.Phantom;

public sealed class ChestSlicesTests
{
    [Fact]
    public void Render_Patients_StacksOfUnlikeLength()
    {
        int[] lengths = [.. Enumerable.Range(1, 6).Select(patient => ChestSlices.Render(PhantomTestTools.Case(patient, View.PA), 64).Slices.Count)];
        Assert.All(lengths, length => Assert.InRange(length, 20, 60));
        Assert.True(lengths.Distinct().Count() > 2, string.Join(", ", lengths));
        Assert.Equal(12, ChestSlices.Render(PhantomTestTools.Case(1, View.PA), 64, slices: 12).Slices.Count);
    }

    [Fact]
    public void Render_Nodule_LiesInFewNeighbouringSlicesAndShowsThere()
    {
        PhantomCase ill = PhantomTestTools.Case(2, View.PA, new PlannedFinding(Finding.Nodule, 0.8));
        PhantomStack with = ChestSlices.Render(ill, 96, slices: 40), without = ChestSlices.Render(ill with { Findings = [] }, 96, slices: 40);
        IReadOnlyList<int> known = with.SlicesWith(Finding.Nodule);
        Assert.InRange(known.Count, 1, 8);
        Assert.Equal(Enumerable.Range(known[0], known.Count), known);
        for (int k = 0; k < 40; k++)
        {
            double brighter = Brighter(with.Slices[k], without.Slices[k], Finding.Nodule);
            if (!known.Contains(k)) Assert.True(with.Slices[k].Image.Pixels.ToArray().Zip(without.Slices[k].Image.Pixels.ToArray()).Count(pair => Math.Abs(pair.First - pair.Second) > 0.3) < 3);
            else if (with.Slices[k].Lesions[Finding.Nodule].Area >= 6) Assert.True(brighter > 0.15, $"slice {k}: {brighter:F2}");
        }
    }

    [Fact]
    public void Render_Slices_LungsInBothHalvesAndLesionsInLungs()
    {
        PhantomStack stack = ChestSlices.Render(PhantomTestTools.Case(3, View.PA, new PlannedFinding(Findings.Covid, 0.8), new PlannedFinding(Finding.Effusion, 0.6)), 96, slices: 24);
        PhantomSlice middle = stack.Slices[8];
        Assert.True(middle.Lungs.Box.X < 48 && middle.Lungs.Box.Right > 48 && middle.Lungs.Area > 0.1 * 96 * 96);
        foreach (PhantomSlice slice in stack.Slices)
            foreach (PhantomMask mask in slice.Lesions.Values)
                for (int i = 0; i < mask.Pixels.Length; i++) Assert.True(!mask.Pixels[i] || slice.Lungs.Pixels[i]);
        Assert.Equal(stack.Slices.Select(slice => slice.Position), stack.Slices.Select(slice => slice.Position).Order());
        Assert.Equal(stack.SpacingMm, stack.Slices[5].Position - stack.Slices[4].Position, 3);
    }

    [Fact]
    public void Render_SameCase_SameSlices() => Assert.True(
        ChestSlices.Render(PhantomTestTools.Case(1, View.PA), 64, slices: 5).Slices[2].Image.Pixels.SequenceEqual(ChestSlices.Render(PhantomTestTools.Case(1, View.PA), 64, slices: 5).Slices[2].Image.Pixels));

    [Fact]
    public void Render_WhatCantBeCut_Explains()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => ChestSlices.Render(PhantomTestTools.Case(1, View.PA, new PlannedFinding(Finding.Fibrosis, 0.5)), 64));
        Assert.Contains("can't be cut", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ChestSlices.Render(PhantomTestTools.Case(1, View.PA), 64, slices: 1));
    }

    private static double Brighter(PhantomSlice with, PhantomSlice without, string finding)
    {
        if (!with.Lesions.TryGetValue(finding, out PhantomMask? mask)) return 0;
        double sum = 0;
        for (int i = 0; i < mask.Pixels.Length; i++) if (mask.Pixels[i]) sum += with.Image.Pixels[i] - without.Image.Pixels[i];
        return sum / mask.Area;
    }
}
