using CxrLab.Phantom;
using Xunit;

namespace CxrLab.Tests.Phantom;

public sealed class ChestPhantomTests
{
    public static TheoryData<string> AllFindings => [.. Findings.All];

    [Fact]
    public void Render_SameCase_SamePixels()
    {
        PhantomCase phantomCase = PhantomTestTools.Case(1, View.PA, new PlannedFinding(Finding.Mass, 0.5));
        Assert.True(ChestPhantom.Render(phantomCase).Image.Pixels.SequenceEqual(ChestPhantom.Render(phantomCase).Image.Pixels));
    }

    [Fact]
    public void Render_OtherSeedPatientFollowUpOrView_OtherPixels()
    {
        PhantomCase one = PhantomTestTools.Case(1, View.PA);
        float[] pixels = ChestPhantom.Render(one, 64).Image.Pixels.ToArray();
        foreach (PhantomCase other in (PhantomCase[])[one with { Seed = 8 }, one with { Patient = 2 }, one with { FollowUp = 1 }, one with { View = View.Lateral }])
            Assert.False(ChestPhantom.Render(other, 64).Image.Pixels.SequenceEqual(pixels), other.ToString());
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    public void Render_BitDepth_StaysOnItsLevels(int bits)
    {
        float levels = (1 << bits) - 1;
        float[] pixels = ChestPhantom.Render(PhantomTestTools.Case(3, View.AP), 64, bitDepth: bits).Image.Pixels.ToArray();
        foreach (float pixel in pixels)
        {
            Assert.InRange(pixel, 0, 1);
            Assert.Equal(MathF.Round(levels * pixel), levels * pixel, levels * 1e-6f);
        }

        Assert.True(pixels.Distinct().Count() > (bits == 8 ? 100 : 1000), "Most levels are used.");
    }

    [Theory]
    [MemberData(nameof(AllFindings))]
    public void Render_FindingInEitherView_HasTightBoxInsideTheBody(string name)
    {
        foreach (View view in (View[])[View.PA, View.AP, View.Lateral])
        {
            PhantomImage image = ChestPhantom.Render(PhantomTestTools.Case(2 + (int)view, view, new PlannedFinding(name, 0.7)), 96);
            PlantedFinding finding = image.Findings.Single();
            PhantomMask mask = finding.Mask;
            int left = mask.Size, right = -1, top = mask.Size, bottom = -1;
            for (int y = 0; y < mask.Size; y++)
            {
                for (int x = 0; x < mask.Size; x++)
                {
                    if (!mask[y, x]) continue;
                    Assert.True(image.Body[y, x], $"{name} at {x}, {y} lies outside the body");
                    (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
                }
            }

            Assert.True(finding.IsVisible, $"{name} in {view}");
            Assert.Equal(new Box(left, top, right + 1 - left, bottom + 1 - top), finding.Box);
        }
    }

    // The heart, swollen vessels, a net of lines or long lungs change the image beyond or unlike the mask; for the others most change lies in it.
    [Theory]
    [InlineData(Finding.Atelectasis, 0.7)]
    [InlineData(Finding.Cardiomegaly, 0.5)]
    [InlineData(Finding.Effusion, 0.6)]
    [InlineData(Finding.Infiltration, 0.7)]
    [InlineData(Finding.Mass, 0.7)]
    [InlineData(Finding.Nodule, 0.6)]
    [InlineData(Finding.Pneumonia, 0.7)]
    [InlineData(Finding.Pneumothorax, 0.6)]
    [InlineData(Finding.Consolidation, 0.7)]
    [InlineData(Finding.Edema, 0.5)]
    [InlineData(Finding.PleuralThickening, 0.6)]
    [InlineData(Finding.Hernia, 0.6)]
    [InlineData(Findings.Tuberculosis, 0.7)]
    [InlineData(Findings.Covid, 0.7)]
    public void Render_Finding_ChangesPixelsMainlyInsideItsDilatedMask(string name, double share)
    {
        double inside = 0, all = 0;
        for (int patient = 1; patient <= 6; patient++)
        {
            PhantomImage ill = Plant(name, patient, 0.8), healthy = ChestPhantom.Render(ill.Case with { Findings = [] });
            PhantomMask mask = ill.Findings.Single().Mask;
            for (int y = 0; y < mask.Size; y++)
            {
                for (int x = 0; x < mask.Size; x++)
                {
                    double change = Math.Abs(ill.Image[y, x] - healthy.Image[y, x]) * 255;
                    if (change <= 2.5) continue; // scatter reaches everywhere, by a level or two
                    all += change;
                    if (IsNear(mask, x, y, reach: 3)) inside += change;
                }
            }
        }

        Assert.True(inside >= share * all, $"{name}: {inside / all:P0} of the change lies inside");
    }

    // With and without the finding, all else and every quantum alike: what is left is the finding.
    [Theory]
    [MemberData(nameof(AllFindings))]
    public void Render_Finding_IsVisibleAgainstTheSameChestWithoutIt(string name)
    {
        double strongest = 0;
        for (int patient = 1; patient <= 3; patient++) strongest = Math.Max(strongest, Math.Abs(Contrast(Plant(name, patient, 0.9).Case, 0.5)));
        Assert.True(strongest > 3 / 255.0, $"{name}: {255 * strongest:F1} grey levels");
    }

    [Fact]
    public void Render_HarderDifficulty_FainterLesion()
    {
        foreach (string name in (string[])[Finding.Mass, Finding.Consolidation, Finding.Pneumothorax, Findings.Covid])
        {
            PhantomCase ill = PhantomTestTools.Case(2, View.PA, new PlannedFinding(name, 0.7));
            Assert.True(Math.Abs(Contrast(ill, 0)) > 1.5 * Math.Abs(Contrast(ill, 1)), name);
        }
    }

    [Theory]
    [InlineData(Finding.Effusion)]
    [InlineData(Finding.Mass)]
    [InlineData(Finding.Nodule)]
    [InlineData(Finding.Pneumothorax)]
    [InlineData(Finding.Consolidation)]
    [InlineData(Finding.Cardiomegaly)]
    [InlineData(Finding.Edema)]
    [InlineData(Finding.Fibrosis)]
    [InlineData(Finding.Hernia)]
    public void Render_GrowingSeverity_LargerMask(string name)
    {
        for (int patient = 1; patient <= 4; patient++)
        {
            int[] areas = [.. ((double[])[0.1, 0.4, 0.7, 1]).Select(severity => Plant(name, patient, severity).Findings[0].Mask.Area)];
            Assert.Equal(areas.Order(), areas);
            Assert.True(areas[3] > areas[0], $"{name}: {string.Join(", ", areas)}");
        }
    }

    [Fact]
    public void Render_WrongInput_Explains()
    {
        PhantomCase one = PhantomTestTools.Case(1, View.PA);
        Assert.Throws<ArgumentException>(() => ChestPhantom.Render(one, 32));
        Assert.Throws<ArgumentException>(() => ChestPhantom.Render(one, 64, 2));
        Assert.Throws<ArgumentException>(() => ChestPhantom.Render(one, 64, bitDepth: 10));
        Assert.Throws<ArgumentException>(() => ChestPhantom.Render(one with { View = View.Unknown }, 64));
        Assert.Throws<ArgumentException>(() => ChestPhantom.Render(one with { Findings = [new("Gout", 0.5)] }, 64));
        Assert.Throws<ArgumentException>(() => ChestPhantom.Render(one with { Findings = [new(Finding.Mass, 0)] }, 64));
        Assert.Throws<ArgumentException>(() => ChestPhantom.Render(one with { Findings = [new(Finding.Mass, 1), new(Finding.Mass, 1)] }, 64));
    }

    private static PhantomImage Plant(string name, int patient, double severity) =>
        ChestPhantom.Render(PhantomTestTools.Case(patient, View.PA, new PlannedFinding(name, severity)));

    private static bool IsNear(PhantomMask mask, int x, int y, int reach)
    {
        for (int v = Math.Max(0, y - reach); v <= Math.Min(mask.Size - 1, y + reach); v++)
            for (int u = Math.Max(0, x - reach); u <= Math.Min(mask.Size - 1, x + reach); u++)
                if (mask[v, u]) return true;
        return false;
    }

    private static double Contrast(PhantomCase ill, double difficulty)
    {
        PhantomImage with = ChestPhantom.Render(ill, 128, difficulty), without = ChestPhantom.Render(ill with { Findings = [] }, 128, difficulty);
        PhantomMask mask = with.Findings.Single().Mask;
        double sum = 0;
        for (int i = 0; i < mask.Pixels.Length; i++)
            if (mask.Pixels[i]) sum += with.Image.Pixels[i] - without.Image.Pixels[i];
        return sum / Math.Max(1, mask.Area);
    }
}
