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
    public void Render_OtherSeedPatientOrFollowUp_OtherPixels()
    {
        PhantomCase one = PhantomTestTools.Case(1, View.PA);
        float[] pixels = ChestPhantom.Render(one, 64).Image.Pixels.ToArray();
        foreach (PhantomCase other in (PhantomCase[])[one with { Seed = 8 }, one with { Patient = 2 }, one with { FollowUp = 1 }])
            Assert.False(ChestPhantom.Render(other, 64).Image.Pixels.SequenceEqual(pixels), other.ToString());
    }

    [Fact]
    public void Render_AnyCase_StaysOnLevelsOfAnEightBitFile()
    {
        foreach (float pixel in ChestPhantom.Render(PhantomTestTools.Case(3, View.AP), 64).Image.Pixels)
        {
            Assert.InRange(pixel, 0, 1);
            Assert.Equal(MathF.Round(255 * pixel), 255 * pixel, 1e-3f);
        }
    }

    [Theory]
    [MemberData(nameof(AllFindings))]
    public void Render_Finding_BoxIsTightAroundMask(string name)
    {
        for (int patient = 1; patient <= 4; patient++)
        {
            PlantedFinding finding = Plant(name, patient, 0.3 + 0.2 * patient - 0.2).Findings.Single();
            PhantomMask mask = finding.Mask;
            int left = mask.Size, right = -1, top = mask.Size, bottom = -1;
            for (int y = 0; y < mask.Size; y++)
            {
                for (int x = 0; x < mask.Size; x++)
                {
                    if (!mask[y, x]) continue;
                    (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
                }
            }

            Assert.True(mask.Area > 0);
            Assert.Equal(new Box(left, top, right + 1 - left, bottom + 1 - top), finding.Box);
        }
    }

    // Swollen vessels and a changed heart reach beyond the mask of edema and cardiomegaly.
    [Theory]
    [InlineData(Finding.Atelectasis, 0.8)]
    [InlineData(Finding.Cardiomegaly, 0.5)]
    [InlineData(Finding.Effusion, 0.7)]
    [InlineData(Finding.Infiltration, 0.8)]
    [InlineData(Finding.Mass, 0.8)]
    [InlineData(Finding.Nodule, 0.7)]
    [InlineData(Finding.Pneumothorax, 0.7)]
    [InlineData(Finding.Consolidation, 0.8)]
    [InlineData(Finding.Edema, 0.6)]
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
                    if (change <= 1.5) continue; // scatter reaches everywhere, by a level or so
                    all += change;
                    if (IsNear(mask, x, y, reach: 3)) inside += change;
                }
            }
        }

        Assert.True(inside >= share * all, $"{name}: {inside / all:P0} of the change lies inside");
    }

    [Fact]
    public void Render_HarderDifficulty_FainterLesion()
    {
        PhantomCase ill = PhantomTestTools.Case(2, View.PA, new PlannedFinding(Finding.Mass, 0.7));
        Assert.True(Contrast(ill, 0) > 1.5 * Contrast(ill, 1));
    }

    [Fact]
    public void Render_Cardiomegaly_RatioAboveHalf()
    {
        for (int patient = 1; patient <= 5; patient++)
        {
            Assert.True(Plant(Finding.Cardiomegaly, patient, 0.4).CardiothoracicRatio > 0.5);
            Assert.True(ChestPhantom.Render(PhantomTestTools.Case(patient, View.PA), 64).CardiothoracicRatio < 0.5);
        }
    }

    [Fact]
    public void Render_WrongInput_Explains()
    {
        PhantomCase one = PhantomTestTools.Case(1, View.PA);
        Assert.Throws<ArgumentException>(() => ChestPhantom.Render(one, 32));
        Assert.Throws<ArgumentException>(() => ChestPhantom.Render(one, 64, 2));
        Assert.Throws<ArgumentException>(() => ChestPhantom.Render(one with { View = View.Lateral }, 64));
        Assert.Throws<ArgumentException>(() => ChestPhantom.Render(one with { Findings = [new(Finding.Hernia, 0.5)] }, 64));
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
        return sum / mask.Area;
    }
}
