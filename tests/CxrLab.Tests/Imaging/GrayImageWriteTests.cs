using CxrLab.Imaging;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Imaging;

public class GrayImageWriteTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void WritePng_EveryGrey_ComesBack(int bits)
    {
        using var folder = new TempFolder();
        int largest = (1 << bits) - 1, width = bits == 8 ? 16 : 256;
        float[] pixels = [.. Enumerable.Range(0, largest + 1).Select(i => i / (float)largest)];
        new GrayImage(pixels.Length / width, width, pixels).WritePng(folder.File("a.png"), bits);
        GrayImage read = GrayImage.Read(folder.File("a.png"));
        Assert.Equal((bits, width), (read.BitDepth, read.Width));
        Assert.Equal(pixels, read.Pixels.ToArray());
        Assert.Equal(["a.png"], folder.Names());
    }

    [Fact]
    public void ToPng_OutsideTheRange_IsClipped() =>
        Assert.Equal([0f, 1f, 1f], GrayImage.Decode(new GrayImage(1, 3, [-3, 7, 1]).ToPng(), "x").Pixels.ToArray());

    [Fact]
    public void ToPng_NaN_IsRefused() => Assert.Throws<InvalidOperationException>(() => new GrayImage(1, 1, [float.NaN]).ToPng());

    [Fact]
    public void ToPng_TwelveBits_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new GrayImage(1, 1, [0]).ToPng(12));

    [Fact]
    public void ToMimeBundle_LargeImage_ShowsAThumbnail()
    {
        IReadOnlyDictionary<string, string> bundle = new GrayImage(300, 1024, new float[300 * 1024]).ToMimeBundle();
        Assert.Equal(["image/png", "text/plain"], bundle.Keys.Order(StringComparer.Ordinal));
        GrayImage shown = GrayImage.Decode(Convert.FromBase64String(bundle["image/png"]), "shown");
        Assert.Equal((150, 512), (shown.Height, shown.Width));
        Assert.Contains("1024×300", bundle["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void ToTensor_Image_HasChannelRowsColumns()
    {
        using var tensor = new GrayImage(2, 3, [0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f]).ToTensor();
        Assert.Equal([1L, 2L, 3L], tensor.shape);
        Assert.Equal(0.5f, tensor[0, 1, 2].item<float>());
    }

    [Theory]
    [InlineData(2, 3, 5)]
    [InlineData(0, 3, 0)]
    [InlineData(-1, -1, 1)]
    public void Constructor_WrongLength_IsRefused(int height, int width, int length) =>
        Assert.Throws<ArgumentException>(() => new GrayImage(height, width, new float[length]));
}
