using System.Text.Json;
using CxrLab.Imaging;
using Xunit;

namespace CxrLab.Tests.Imaging;

public class ResizeTests
{
    private static readonly JsonElement Pil =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "pil_bilinear.json"))).RootElement;

    [Fact]
    public void Resize_AnySize_IsPilsBilinear()
    {
        GrayImage source = Source();
        foreach (JsonElement expected in Pil.GetProperty("cases").EnumerateArray())
        {
            int height = expected.GetProperty("height").GetInt32(), width = expected.GetProperty("width").GetInt32();
            GrayImage resized = source.Resize(height, width);
            Assert.Equal((height, width), (resized.Height, resized.Width));
            float[] pixels = Floats(expected.GetProperty("pixels"));
            for (int i = 0; i < pixels.Length; i++) Assert.Equal(pixels[i], resized.Pixels[i], 1 / 255f);
        }
    }

    [Fact]
    public void Resize_SameSize_ChangesNothing()
    {
        GrayImage source = Source();
        Assert.Equal(source.Pixels.ToArray(), source.Resize(source.Height, source.Width).Pixels.ToArray());
    }

    [Theory]
    [InlineData(3, 40)]
    [InlineData(64, 1)]
    public void Resize_OneGrey_StaysThatGrey(int height, int width)
    {
        var flat = new GrayImage(17, 9, [.. Enumerable.Repeat(0.3f, 17 * 9)]);
        foreach (float pixel in flat.Resize(height, width).Pixels) Assert.Equal(0.3f, pixel, 1e-6f);
    }

    [Fact]
    public void Resize_FineStripes_DontAlias()
    {
        var stripes = new GrayImage(64, 64, [.. Enumerable.Range(0, 64 * 64).Select(i => i % 2 == 0 ? 1f : 0f)]);
        foreach (float pixel in stripes.Resize(16, 16).Pixels) Assert.Equal(0.5f, pixel, 0.06f);
    }

    [Fact]
    public void Resize_SixteenBits_ArentRoundedToEight()
    {
        GrayImage image = new GrayImage(2, 2, [0.5f, 0.501f, 0.5f, 0.501f]).Resize(2, 8);
        Assert.True(image.Pixels.ToArray().Distinct().Count() > 2);
        Assert.Equal(0.5005f, (image[0, 3] + image[0, 4]) / 2, 1e-6f);
    }

    [Fact]
    public void Resize_NoRows_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Source().Resize(0, 4));

    private static GrayImage Source()
    {
        int height = Pil.GetProperty("height").GetInt32(), width = Pil.GetProperty("width").GetInt32();
        return new GrayImage(height, width, Floats(Pil.GetProperty("source")));
    }

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetSingle())];
}
