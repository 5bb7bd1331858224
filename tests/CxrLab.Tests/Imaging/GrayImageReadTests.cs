using CxrLab.Imaging;
using CxrLab.Tests.Models;
using NetVips;
using Xunit;

namespace CxrLab.Tests.Imaging;

public class GrayImageReadTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(8, false)]
    [InlineData(16, false)]
    [InlineData(4, true)]
    [InlineData(8, true)]
    [InlineData(16, true)]
    public void Decode_GreyPng_HasEverySampleExactly(int bits, bool interlaced)
    {
        int[] samples = PngMaker.Samples(13, 9, bits, PngMaker.Grey, bits);
        GrayImage image = GrayImage.Decode(PngMaker.Make(13, 9, bits, PngMaker.Grey, samples, interlaced: interlaced), "made.png");
        Assert.Equal((9, 13, bits), (image.Height, image.Width, image.BitDepth));
        float[] expected = [.. samples.Select(sample => bits == 16 ? sample / 65535f : sample * (255 / ((1 << bits) - 1)) / 255f)];
        Assert.Equal(expected, image.Pixels.ToArray());
        Assert.Equal(expected[2 * 13 + 5], image[2, 5]);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Decode_GreyWithAlpha_DropsAlpha(int bits)
    {
        int[] samples = PngMaker.Samples(7, 5, bits, PngMaker.GreyAlpha, 3);
        GrayImage image = GrayImage.Decode(PngMaker.Make(7, 5, bits, PngMaker.GreyAlpha, samples), "made.png");
        Assert.Equal(samples.Where((_, i) => i % 2 == 0).Select(sample => sample / (float)((1 << bits) - 1)), image.Pixels.ToArray());
    }

    [Theory]
    [InlineData(8, PngMaker.Rgb)]
    [InlineData(16, PngMaker.Rgb)]
    [InlineData(8, PngMaker.Rgba)]
    [InlineData(16, PngMaker.Rgba)]
    public void Decode_Colour_IsLuma(int bits, int type)
    {
        int channels = PngMaker.Channels(type), largest = (1 << bits) - 1;
        int[] samples = PngMaker.Samples(20, 20, bits, type, 4);
        int[] corners = [largest, 0, 0, 0, largest, 0, 0, 0, largest, largest, largest, largest];
        for (int i = 0; i < corners.Length; i++) samples[i / 3 * channels + i % 3] = corners[i];
        GrayImage image = GrayImage.Decode(PngMaker.Make(20, 20, bits, type, samples), "made.png");
        Assert.Equal(1f, image[0, 3]);
        for (int i = 0; i < 400; i++)
        {
            double luma = 0.299 * samples[i * channels] + 0.587 * samples[i * channels + 1] + 0.114 * samples[i * channels + 2];
            Assert.Equal(luma, (double)image.Pixels[i] * largest, bits == 8 ? 0.51 : 1.6);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Decode_GreyStoredAsColour_KeepsEveryValue(int bits)
    {
        int[] grey = [.. Enumerable.Range(0, 256).Select(i => bits == 8 ? i : i * 257)];
        byte[] png = PngMaker.Make(16, 16, bits, PngMaker.Rgb, [.. grey.SelectMany(value => new[] { value, value, value })]);
        Assert.Equal(grey.Select(value => value / (float)((1 << bits) - 1)), GrayImage.Decode(png, "made.png").Pixels.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Decode_Palette_LooksUpTheColour(int bits)
    {
        int entries = Math.Min(1 << bits, 200);
        int[] samples = [.. PngMaker.Samples(11, 6, bits, PngMaker.Palette, 5).Select(sample => sample % entries)];
        byte[] palette = [.. Enumerable.Range(0, entries).SelectMany(i => Enumerable.Repeat((byte)(i * 37 + 11), 3))];
        GrayImage image = GrayImage.Decode(PngMaker.Make(11, 6, bits, PngMaker.Palette, samples, palette), "made.png");
        Assert.Equal(samples.Select(sample => palette[sample * 3] / 255f), image.Pixels.ToArray());
    }

    [Fact]
    public void Decode_ColouredPalette_IsLuma()
    {
        byte[] png = PngMaker.Make(3, 1, 2, PngMaker.Palette, [0, 1, 2], [255, 0, 0, 0, 255, 0, 0, 0, 255]);
        Assert.Equal([76 / 255f, 150 / 255f, 29 / 255f], GrayImage.Decode(png, "made.png").Pixels.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Decode_Jpeg_IsTheImageWithinItsLoss(int bands)
    {
        GrayImage image = GrayImage.Decode(Jpeg(48, 32, bands), "made.jpg");
        Assert.Equal((32, 48, 8), (image.Height, image.Width, image.BitDepth));
        for (int y = 0; y < 32; y++)
            for (int x = 0; x < 48; x++) Assert.Equal(Ramp(x, y) / 255.0, image[y, x], 0.02);
    }

    [Fact]
    public void Decode_TurnedJpeg_StandsUpright()
    {
        using Image image = Image.NewFromMemory(Ramp(48, 32, 1), 48, 32, 1, Enums.BandFormat.Uchar);
        using Image turned = image.Mutate(mutable => mutable.Set(GValue.GIntType, "orientation", 6)); // to be turned clockwise
        GrayImage upright = GrayImage.Decode(turned.JpegsaveBuffer(q: 95), "made.jpg");
        Assert.Equal((48, 32), (upright.Height, upright.Width));
        for (int y = 0; y < 48; y++)
            for (int x = 0; x < 32; x++) Assert.Equal(Ramp(y, 31 - x) / 255.0, upright[y, x], 0.02);
    }

    [Fact]
    public void Read_File_IsWhatDecodeGives()
    {
        using var folder = new TempFolder();
        byte[] png = PngMaker.Make(5, 4, 16, PngMaker.Grey, PngMaker.Samples(5, 4, 16, PngMaker.Grey, 6));
        string path = folder.File("röntgen bild.png");
        File.WriteAllBytes(path, png);
        Assert.Equal(GrayImage.Decode(png, "x").Pixels.ToArray(), GrayImage.Read(path).Pixels.ToArray());
    }

    internal static byte[] Jpeg(int width, int height, int bands)
    {
        using Image image = Image.NewFromMemory(Ramp(width, height, bands), width, height, bands, Enums.BandFormat.Uchar);
        using Image marked = image.Copy(interpretation: bands == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
        return marked.JpegsaveBuffer(q: 95);
    }

    private static byte[] Ramp(int width, int height, int bands) =>
        [.. Enumerable.Range(0, width * height).SelectMany(i => Enumerable.Repeat(Ramp(i % width, i / width), bands))];

    private static byte Ramp(int x, int y) => (byte)(10 + x * 4 + y);
}
