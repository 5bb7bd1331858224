using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Data;

public class LungMaskTests
{
    private static readonly LabelSet One = new("x");

    [Fact]
    public void ReadLungMask_GreyLevels_CountAbove100()
    {
        using var folder = new TempFolder();
        new GrayImage(1, 5, [0, 100 / 255f, 101 / 255f, 127 / 255f, 1]).WritePng(folder.File("m.png"));
        Assert.Equal([0f, 0, 1, 1, 1], Record(folder, "i", new MaskFile("lungs", folder.File("m.png"))).ReadLungMask().Pixels.ToArray());
    }

    [Fact]
    public void ReadLungMask_LeftAndRight_AreUnited()
    {
        using var folder = new TempFolder();
        new GrayImage(1, 4, [1, 0, 0, 0]).WritePng(folder.File("l.png"));
        new GrayImage(1, 4, [0, 0, 0, 1]).WritePng(folder.File("r.png"));
        new GrayImage(1, 3, [0, 0, 1]).WritePng(folder.File("small.png"));
        MaskFile left = new("left lung", folder.File("l.png")), right = new("right lung", folder.File("r.png"));
        Assert.Equal([1f, 0, 0, 1], Record(folder, "i", left, right).ReadLungMask().Pixels.ToArray());
        // One lung alone is no lung field.
        Assert.False(LungMask.IsOutlined(Record(folder, "i", left)));
        Assert.Throws<ArgumentException>(() => Record(folder, "i", left).ReadLungMask());
        Assert.Contains("3 × 1", Assert.Throws<ImageFormatException>(() => Record(folder, "i", left, right with { Path = folder.File("small.png") }).ReadLungMask()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Epoch_ImageAndMaskOfOneFile_MoveAlike()
    {
        using var folder = new TempFolder();
        var pixels = new float[48 * 48];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = Math.Pow(i % 48 - 18, 2) + Math.Pow(2 * ((i / 48) - 26), 2) < 200 ? 1 : 0;
        new GrayImage(48, 48, pixels).WritePng(folder.File("i.png"));
        var index = new CxrIndex("one", One, [Record(folder, "i", new MaskFile("lungs", folder.File("i.png")))]);
        var loader = new BatchLoader(index, new LoaderOptions { ImageSize = 48, LungMasks = true, Normalization = Normalization.None, Seed = 4, Augmentation = Augmentation.Outline with { Brightness = 0 } });
        int moved = 0;
        for (int epoch = 0; epoch < 8; epoch++)
        {
            using Batch batch = loader.Epoch(epoch).Single();
            Assert.Equal([1, 1, 48, 48], batch.LungMasks!.shape);
            float[] image = [.. batch.Images.data<float>()], mask = [.. batch.LungMasks.data<float>()];
            // Gamma changes soft edges only: inside and outside stay 1 and 0.
            Assert.Equal(0, Enumerable.Range(0, image.Length).Count(i => (image[i] > 0.99f && mask[i] == 0) || (image[i] < 0.01f && mask[i] == 1)));
            Assert.InRange(mask.Sum() / pixels.Sum(), 0.6, 1.5);
            if (!mask.SequenceEqual(pixels)) moved++;
        }

        Assert.True(moved >= 7);
    }

    [Fact]
    public void Epoch_MaskOfAnotherImage_NamesTheRecord()
    {
        using var folder = new TempFolder();
        new GrayImage(20, 20, new float[400]).WritePng(folder.File("i.png"));
        new GrayImage(10, 20, new float[200]).WritePng(folder.File("m.png"));
        var index = new CxrIndex("one", One, [Record(folder, "i", new MaskFile("lungs", folder.File("m.png")))]);
        string message = Assert.Throws<SampleException>(() => new BatchLoader(index, new LoaderOptions { LungMasks = true }).Epoch(0).Single()).Message;
        Assert.Contains("20 × 10", message, StringComparison.Ordinal);
        Assert.Contains("i.png", message, StringComparison.Ordinal);
        CxrIndex bare = new("none", One, [Record(folder, "i")]);
        Assert.Contains("WithLungMasks", Assert.Throws<ArgumentException>(() => new BatchLoader(bare, new LoaderOptions { LungMasks = true })).Message, StringComparison.Ordinal);
    }

    private static CxrRecord Record(TempFolder folder, string name, params MaskFile[] masks) =>
        new() { ImageId = name + ".png", PatientId = "1", Source = "test", Labels = [LabelState.Missing], ImagePath = folder.File(name + ".png"), Masks = masks };
}
