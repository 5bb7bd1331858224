using CxrLab.Phantom;
using Xunit;

namespace CxrLab.Tests.Phantom;

/// <summary>The anatomy that every image must have, looked up on its masks.</summary>
public sealed class AnatomyTests
{
    private static readonly IReadOnlyList<PhantomImage> Frontals =
        [.. Enumerable.Range(1, 10).Select(patient => ChestPhantom.Render(PhantomTestTools.Case(patient, patient % 3 == 0 ? View.AP : View.PA)))];

    [Fact]
    public void Render_Frontal_LeftLungIsOnThePicturesRight()
    {
        foreach (PhantomImage image in Frontals)
        {
            Assert.True(image.RightLung.Box.Right <= image.LeftLung.Box.X + 1, image.Case.ToString());
            Assert.True(image.Landmarks["left apex"].X > image.Landmarks["right apex"].X);
            // Two thirds of the heart lie left of the midline, where the lungs leave the widest gap for it.
            double middle = (image.RightLung.Box.X + image.LeftLung.Box.Right) / 2;
            Assert.True(image.Heart.Box.Right - middle > middle - image.Heart.Box.X);
        }
    }

    [Fact]
    public void Render_Frontal_MasksLieInTheBodyAndApart()
    {
        foreach (PhantomImage image in Frontals)
        {
            for (int i = 0; i < image.Body.Pixels.Length; i++)
            {
                bool right = image.RightLung.Pixels[i], left = image.LeftLung.Pixels[i], heart = image.Heart.Pixels[i];
                Assert.False((right && left) || (right && heart) || (left && heart), $"{image.Case}: masks overlap at {i}");
                Assert.True(image.Body.Pixels[i] || !(right || left || heart));
            }

            Assert.InRange((image.RightLung.Area + image.LeftLung.Area) / (double)image.Body.Pixels.Length, 0.15, 0.55);
        }
    }

    [Fact]
    public void Render_Frontal_HeartBoxContainsItsMaskAndGivesTheRatio()
    {
        foreach (PhantomImage image in Frontals)
        {
            int left = int.MaxValue, right = -1;
            for (int y = 0; y < image.Heart.Size; y++)
                for (int x = 0; x < image.Heart.Size; x++)
                    if (image.Heart[y, x]) (left, right) = (Math.Min(left, x), Math.Max(right, x));
            Assert.Equal((left, right + 1), ((int)image.Heart.Box.X, (int)image.Heart.Box.Right));
            double thorax = image.LeftLung.Box.Right - image.RightLung.Box.X;
            Assert.Equal((right + 1 - left) / thorax, image.CardiothoracicRatio, 9);
            Assert.InRange(image.CardiothoracicRatio, 0.3, image.Case.View == View.PA ? 0.5 : 0.56);
        }
    }

    [Fact]
    public void Render_Cardiomegaly_RatioAboveHalf()
    {
        for (int patient = 1; patient <= 6; patient++)
            Assert.True(ChestPhantom.Render(PhantomTestTools.Case(patient, View.PA, new PlannedFinding(Finding.Cardiomegaly, 0.2))).CardiothoracicRatio > 0.5);
    }

    [Fact]
    public void Render_ApOfThePaPatient_HeartIsCastLarger()
    {
        for (int patient = 1; patient <= 4; patient++)
        {
            double pa = ChestPhantom.Render(PhantomTestTools.Case(patient, View.PA), 256).CardiothoracicRatio, ap = ChestPhantom.Render(PhantomTestTools.Case(patient, View.AP), 256).CardiothoracicRatio;
            Assert.InRange(ap / pa, 1.03, 1.25);
        }
    }

    [Fact]
    public void Render_Effusion_TouchesTheDiaphragm()
    {
        for (int patient = 1; patient <= 6; patient++)
        {
            PhantomImage image = ChestPhantom.Render(PhantomTestTools.Case(patient, View.PA, new PlannedFinding(Finding.Effusion, 0.5)));
            PlantedFinding effusion = image.Findings[0];
            PhantomMask lung = effusion.Side == BodySide.Right ? image.RightLung : image.LeftLung;
            // The fluid reaches the lung field's floor: under its lowest pixel in some column there is no more lung.
            Assert.InRange(effusion.Box.Bottom - lung.Box.Bottom, -2, 6);
            double wall = effusion.Side == BodySide.Right ? effusion.Box.X - lung.Box.X : lung.Box.Right - effusion.Box.Right;
            Assert.InRange(wall, -2, 3);
        }
    }

    [Fact]
    public void Render_Pneumothorax_LiesInThePleuralSpaceOfItsSide()
    {
        for (int patient = 1; patient <= 6; patient++)
        {
            PhantomImage image = ChestPhantom.Render(PhantomTestTools.Case(patient, View.PA, new PlannedFinding(Finding.Pneumothorax, 0.6)));
            PlantedFinding air = image.Findings[0];
            PhantomMask lung = air.Side == BodySide.Right ? image.RightLung : image.LeftLung;
            int inside = 0;
            for (int i = 0; i < air.Mask.Pixels.Length; i++) if (air.Mask.Pixels[i] && lung.Pixels[i]) inside++;
            Assert.True(inside >= 0.93 * air.Mask.Area, $"patient {patient}: {inside} of {air.Mask.Area}");
            Assert.InRange(air.Box.Y - lung.Box.Y, -1, 2); // air rises to the apex
        }
    }

    [Fact]
    public void Render_Lateral_SpineBehindHeart()
    {
        for (int patient = 1; patient <= 4; patient++)
        {
            PhantomImage image = ChestPhantom.Render(PhantomTestTools.Case(patient, View.Lateral));
            Assert.True(double.IsNaN(image.CardiothoracicRatio));
            Assert.True(image.Heart.Box.X + image.Heart.Box.Width / 2 < image.RightLung.Box.X + image.RightLung.Box.Width / 2, "the heart lies in the front half, on the picture's left");
            Assert.InRange(image.RightLung.Box.Overlap(image.LeftLung.Box) / image.RightLung.Box.Area, 0.8, 1);
        }
    }

    [Fact]
    public void Draw_OldPatients_WiderAortaAndThinnerBones()
    {
        static Anatomy Of(int age) => Anatomy.Draw(Seed.Random(1, 1), Sex.Male, age);
        Assert.True(Of(88).AorticKnob > Of(25).AorticKnob + 4);
        Assert.True(Of(88).BoneDensity < 0.9f * Of(25).BoneDensity);
        // And the image shows it: the unfolded aorta takes lung away beside the spine.
        PhantomCase young = PhantomTestTools.Case(5, View.PA) with { Age = 25 }, old = young with { Age = 88 };
        Assert.True(ChestPhantom.Render(old).LeftLung.Area < ChestPhantom.Render(young).LeftLung.Area);
    }

    [Fact]
    public void Draw_Women_SmallerChestsAndBreastShadows()
    {
        Anatomy[] women = [.. Enumerable.Range(0, 60).Select(k => Anatomy.Draw(Seed.Random(k), Sex.Female, 50))], men = [.. Enumerable.Range(0, 60).Select(k => Anatomy.Draw(Seed.Random(k), Sex.Male, 50))];
        Assert.True(women.Average(body => body.HalfWidth) < men.Average(body => body.HalfWidth) - 5);
        Assert.All(men, body => Assert.Equal(0, body.BreastDepth));
        Assert.InRange(women.Count(body => body.BreastDepth > 0), 40, 60);
    }

    [Fact]
    public void Render_Covid_ExtentGrowsFromZeroToEight()
    {
        int[] extents = [.. ((double[])[0, 0.1, 0.4, 0.7, 1]).Select(severity =>
        {
            PlannedFinding[] findings = severity > 0 ? [new(Findings.Covid, severity)] : [];
            return Enumerable.Range(1, 4).Sum(patient => ChestPhantom.Render(PhantomTestTools.Case(patient, View.PA, findings)).GeographicExtent);
        })];
        Assert.Equal(0, extents[0]);
        Assert.Equal(extents.Order(), extents);
        Assert.True(extents[4] >= 4 * 4, string.Join(", ", extents));
        PhantomImage one = ChestPhantom.Render(PhantomTestTools.Case(1, View.PA, new PlannedFinding(Findings.Covid, 1)));
        Assert.InRange(one.GeographicExtent, 1, 8);
        Assert.InRange(one.OpacityExtent, 1, 8);
    }
}
