using CxrLab.Imaging;
using Xunit;

namespace CxrLab.Tests.Imaging;

public class RealImageTests
{
    [Fact]
    public void Read_TwentyNihImages_AreXRays()
    {
        string[] files = [.. Directory.GetFiles(RealData.Require("nih", "images"), "*.png").Order(StringComparer.Ordinal).Take(20)];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            GrayImage image = GrayImage.Read(file);
            float[] sorted = [.. image.Pixels.ToArray().Order()];
            Assert.True(image.Width >= 64 && image.Height >= 64, file);
            Assert.InRange(sorted[0], 0f, 1f);
            Assert.InRange(sorted[^1], 0f, 1f);
            Assert.True(sorted[sorted.Length * 9 / 10] - sorted[sorted.Length / 10] > 0.1f, file + " is nearly one grey");
        }
    }

    [Fact]
    public void Read_SixteenBits_KeepsMoreThan256Greys()
    {
        GrayImage image = GrayImage.Read(RealData.Require("png16", "gdcm_CR_10bit_inverted.png"));
        Assert.Equal(16, image.BitDepth);
        Assert.True(image.Pixels.ToArray().Distinct().Count() > 256);
        Assert.Equal(image.Pixels.ToArray(), GrayImage.Decode(image.ToPng(16), "again").Pixels.ToArray());
    }
}
