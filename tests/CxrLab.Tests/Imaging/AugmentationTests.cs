using CxrLab.Imaging;
using Xunit;

namespace CxrLab.Tests.Imaging;

public class AugmentationTests
{
    private static readonly ImageChange Still = new(0, 0, 0, 1, 0, false);

    [Fact]
    public void Draw_None_ChangesNothing()
    {
        GrayImage image = Noise(20, 31, 1);
        for (int seed = 0; seed < 50; seed++)
        {
            ImageChange change = Augmentation.None.Draw(Seed.Random(seed));
            Assert.Equal(Still, change);
            float[] changed = change.Apply(image).Pixels.ToArray();
            for (int i = 0; i < changed.Length; i++) Assert.Equal(image.Pixels[i], changed[i], 1e-6f);
        }
    }

    [Fact]
    public void Draw_SameSeed_GivesSamePixels()
    {
        GrayImage image = Noise(20, 31, 1);
        float[] Changed(int seed) => Augmentation.Affine.Draw(Seed.Random(seed)).Apply(image).Pixels.ToArray();
        Assert.Equal(Changed(3), Changed(3));
        Assert.NotEqual(Changed(3), Changed(4));
    }

    [Fact]
    public void Draw_Affine_StaysWithinItsLimitsAndNeverMirrors()
    {
        ImageChange[] changes = [.. Enumerable.Range(0, 500).Select(seed => Augmentation.Affine.Draw(Seed.Random(seed)))];
        Assert.All(changes, change =>
        {
            Assert.False(change.Mirrored);
            Assert.InRange(Math.Abs(change.Angle), 0, 10 * Math.PI / 180);
            Assert.InRange(Math.Abs(change.Down), 0, 0.05);
            Assert.InRange(Math.Abs(change.Across), 0, 0.05);
            Assert.InRange(change.Size, 0.9, 1.1);
            Assert.InRange(Math.Abs(change.Light), 0, 0.1);
        });
        Assert.True(changes.Max(change => change.Angle) > 0.1 && changes.Min(change => change.Angle) < -0.1);
        Assert.True(changes.Max(change => change.Size) > 1.05 && changes.Min(change => change.Size) < 0.95);
    }

    [Fact]
    public void Draw_FlipAskedFor_MirrorsHalfAndLeavesTheRestAsItWas()
    {
        int mirrored = 0;
        for (int seed = 0; seed < 500; seed++)
        {
            ImageChange with = (Augmentation.Affine with { HorizontalFlip = true }).Draw(Seed.Random(seed));
            Assert.Equal(Augmentation.Affine.Draw(Seed.Random(seed)), with with { Mirrored = false });
            if (with.Mirrored) mirrored++;
        }

        Assert.InRange(mirrored, 200, 300);
    }

    [Fact]
    public void Apply_Mirrored_ExchangesLeftAndRight()
    {
        GrayImage image = Noise(6, 9, 2), changed = (Still with { Mirrored = true }).Apply(image);
        for (int y = 0; y < 6; y++)
            for (int x = 0; x < 9; x++) Assert.Equal(image[y, 8 - x], changed[y, x], 1e-6f);
        Assert.Equal(new Box(6, 1, 2, 3), (Still with { Mirrored = true }).Apply(new Box(1, 1, 2, 3), 6, 9));
    }

    [Fact]
    public void Apply_QuarterTurn_TurnsClockwise()
    {
        GrayImage image = Noise(5, 5, 3), turned = (Still with { Angle = Math.PI / 2 }).Apply(image);
        for (int y = 0; y < 5; y++)
            for (int x = 0; x < 5; x++) Assert.Equal(image[4 - x, y], turned[y, x], 1e-5f);
    }

    [Fact]
    public void Apply_Shift_MovesDownAndRightAndContinuesTheEdge()
    {
        GrayImage image = Noise(10, 20, 4), moved = (Still with { Down = 0.2, Across = 0.1 }).Apply(image);
        for (int y = 0; y < 10; y++)
            for (int x = 0; x < 20; x++) Assert.Equal(image[Math.Max(0, y - 2), Math.Max(0, x - 2)], moved[y, x], 1e-5f);
    }

    [Fact]
    public void Apply_Light_IsClipped() =>
        Assert.Equal([0.3f, 1f, 0.8f], (Still with { Light = 0.3 }).Apply(new GrayImage(1, 3, [0, 0.9f, 0.5f])).Pixels.ToArray().Select(pixel => MathF.Round(pixel, 5)));

    [Fact]
    public void ApplyBox_AnyChange_FollowsThePlantedRectangle()
    {
        Augmentation strong = new() { Rotation = 25, Shift = 0.1, Scale = 0.2, HorizontalFlip = true };
        const int height = 90, width = 120;
        var box = new Box(50, 30, 24, 14);
        var pixels = new float[height * width];
        for (int y = 30; y < 44; y++) pixels.AsSpan(y * width + 50, 24).Fill(1);
        var image = new GrayImage(height, width, pixels);
        for (int seed = 0; seed < 40; seed++)
        {
            ImageChange change = strong.Draw(Seed.Random(seed));
            GrayImage changed = change.Apply(image);
            Box expected = change.Apply(box, height, width);
            (int X, int Y)[] bright = [.. from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) where changed[y, x] > 0.5 select (x, y)];
            Assert.NotEmpty(bright);
            // Corners of a turned rectangle are thin: there a pixel may stay under one half.
            Assert.Equal(expected.X, bright.Min(at => at.X), 2.0);
            Assert.Equal(expected.Y, bright.Min(at => at.Y), 2.0);
            Assert.Equal(expected.Right, bright.Max(at => at.X) + 1, 2.0);
            Assert.Equal(expected.Bottom, bright.Max(at => at.Y) + 1, 2.0);
        }
    }

    [Fact]
    public void ApplyBox_PushedOut_IsClippedToTheImage()
    {
        Assert.Equal(new Box(15, 0, 5, 5), (Still with { Across = 0.5 }).Apply(new Box(5, 0, 10, 5), 10, 20));
        Assert.Equal(0, (Still with { Across = 1 }).Apply(new Box(5, 0, 10, 5), 10, 20).Area);
    }

    private static GrayImage Noise(int height, int width, int seed)
    {
        Random random = Seed.Random(seed);
        return new GrayImage(height, width, [.. Enumerable.Range(0, height * width).Select(_ => random.NextSingle())]);
    }
}
