using CxrLab.Imaging;
using CxrLab.Tests.Models;
using NetVips;
using Xunit;

namespace CxrLab.Tests.Imaging;

public class RgbImageTests
{
    [Fact]
    public void FromGray_Image_HasThreeEqualChannels()
    {
        RgbImage picture = RgbImage.FromGray(new GrayImage(1, 3, [0, 0.5f, 2]));
        Assert.Equal([0, 0, 0, 128, 128, 128, 255, 255, 255], Samples(picture));
    }

    [Fact]
    public void Blend_NoHeat_LeavesThePicture()
    {
        RgbImage picture = RgbImage.FromGray(new GrayImage(2, 2, [0, 0.3f, 0.6f, 1]));
        Assert.Equal(Samples(picture), Samples(picture.Blend(new float[2, 2])));
        Assert.Equal(Samples(picture), Samples(picture.Blend(new float[,] { { 1, 1 }, { 1, 1 } }, opacity: 0)));
    }

    [Fact]
    public void Blend_FullHeatAndOpacity_IsYellow()
    {
        byte[] samples = Samples(RgbImage.FromGray(new GrayImage(1, 2, [0, 0])).Blend(new float[,] { { 0, 1 } }, opacity: 1));
        Assert.Equal([0, 0, 0, 255, 215, 70], samples);
    }

    [Fact]
    public void Blend_OtherSize_IsRefused() =>
        Assert.Throws<ArgumentException>(() => RgbImage.FromGray(new GrayImage(1, 2, [0, 0])).Blend(new float[2, 1]));

    [Theory]
    [InlineData(2, 1, 4, 3, 1, 10)]   // 4 × 3 with one inside row of two
    [InlineData(2, 1, 4, 3, 2, 12)]
    [InlineData(-2, -2, 4, 4, 1, 3)]  // only its lower right corner
    [InlineData(50, 50, 4, 4, 1, 0)]
    public void DrawBox_Anywhere_ColoursItsOutline(int x, int y, int width, int height, int thickness, int expected)
    {
        RgbImage black = RgbImage.FromGray(new GrayImage(6, 8, new float[48])), drawn = black.DrawBox(new(x, y, width, height), (9, 8, 7), thickness);
        byte[][] pixels = [.. Samples(drawn).Chunk(3)];
        Assert.Equal(expected, pixels.Count(pixel => pixel is [9, 8, 7]));
        Assert.Equal(48 - expected, pixels.Count(pixel => pixel is [0, 0, 0]));
        Assert.All(Samples(black), sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void ToMimeBundle_Picture_IsTheWrittenPng()
    {
        using var folder = new TempFolder();
        RgbImage picture = RgbImage.FromGray(new GrayImage(3, 5, new float[15]));
        picture.WritePng(folder.File("a.png"));
        Assert.Equal(Convert.ToBase64String(File.ReadAllBytes(folder.File("a.png"))), picture.ToMimeBundle()["image/png"]);
        Assert.Contains("5×3", picture.ToMimeBundle()["text/plain"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 4, 20, 2, 20, 86)]
    [InlineData(5, 2, 10, 3, 36, 23)]
    [InlineData(6, 3, 8, 0, 16, 24)]
    public void ContactSheet_SomeImages_HasTheirGrid(int count, int columns, int side, int gap, int height, int width)
    {
        GrayImage[] images = [.. Enumerable.Range(0, count).Select(i => new GrayImage(4, 6, [.. Enumerable.Repeat(i / 10f, 24)]))];
        GrayImage sheet = ContactSheet.Of(images, columns, side, gap);
        Assert.Equal((height, width), (sheet.Height, sheet.Width));
        for (int i = 0; i < count; i++)
            Assert.Equal(i / 10f, sheet[i / columns * (side + gap) + side / 2, i % columns * (side + gap) + side / 2], 1e-6f);
        int white = height * width - count * side * side;
        Assert.Equal(white, sheet.Pixels.ToArray().Count(pixel => pixel == 1));
    }

    [Fact]
    public void ContactSheet_NoImages_IsRefused() => Assert.Throws<ArgumentException>(() => ContactSheet.Of([], 3));

    private static byte[] Samples(RgbImage picture)
    {
        using Image image = Image.NewFromBuffer(picture.ToPng());
        Assert.Equal((picture.Width, picture.Height, 3), (image.Width, image.Height, image.Bands));
        return image.WriteToMemory<byte>();
    }
}
