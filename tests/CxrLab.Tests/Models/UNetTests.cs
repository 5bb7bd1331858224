using CxrLab.Losses;
using CxrLab.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

[Collection(nameof(GlobalGenerator))]
public class UNetTests
{
    private static readonly LabelSet Lungs = new("Lungs");

    [Theory]
    [InlineData(64, 64)]
    [InlineData(65, 63)]
    [InlineData(37, 51)]
    [InlineData(8, 9)]
    public void Call_AnySize_AnswersForEveryPixel(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var net = new UNet(Lungs, widths: [3, 5, 7, 9]);
        net.eval();
        Assert.Equal([2, 1, height, width], net.call(randn(2, 1, height, width)).shape);
    }

    [Theory]
    [InlineData(new[] { 10, 13, 10 }, 33, 31)]
    [InlineData(new[] { 16, 32, 64, 128 }, 32, 32)]
    [InlineData(new[] { 5, 7 }, 19, 24)]
    public void Call_Float32_AgreesWithFloat64InForwardAndGradients(int[] widths, int height, int width)
    {
        using var scope = NewDisposeScope();
        TorchRuntime.SeedAll(4);
        using var single = new UNet(new LabelSet("Lungs", "Heart"), 3, widths);
        TorchRuntime.SeedAll(4);
        using var wide = new UNet(new LabelSet("Lungs", "Heart"), 3, widths);
        wide.to(ScalarType.Float64);
        single.eval();
        wide.eval();
        var images = randn(2, 3, height, width);
        var mask = rand(2, 2, height, width).round();
        Tensor maps = single.call(images), wideMaps = wide.call(images.to_type(ScalarType.Float64));
        Close.AssertRelative(wideMaps, maps, 1e-3, "logits");
        new BceDiceLoss().Compute(maps, mask).backward();
        new BceDiceLoss().Compute(wideMaps, mask).backward();
        foreach (var (a, b) in single.named_parameters().Zip(wide.named_parameters()))
            Close.AssertRelative(b.parameter.grad!, a.parameter.grad!, 1e-3, a.name);
    }

    [Fact]
    public void Create_FromTheCatalogue_HasClearKeysAndTheCountOfItsLayers()
    {
        using CxrModel model = ModelCatalog.Create("unet", Lungs);
        Assert.Contains("unet", ModelCatalog.Segmenters);
        string[] keys = [.. model.named_parameters().Select(pair => pair.name)];
        Assert.Contains("down1.conv1.weight", keys);
        Assert.Contains("down4.bn2.bias", keys);
        Assert.Contains("up3.up.weight", keys);
        Assert.Contains("up3.block.conv2.weight", keys);
        Assert.Contains("head.weight", keys);
        // Blocks of 9·in·out + 9·out² weights and 4·out of batch norm; ups of 4·in·out + out; a 1×1 head with bias.
        static int Block(int from, int to) => (9 * from * to) + (9 * to * to) + (4 * to);
        static int Up(int from, int to) => (4 * from * to) + to + Block(2 * to, to);
        int expected = Block(1, 16) + Block(16, 32) + Block(32, 64) + Block(64, 128) + Up(128, 64) + Up(64, 32) + Up(32, 16) + 17;
        Assert.Equal(expected, model.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Call_ImageMovedByAWholeBlock_MovesTheAnswer()
    {
        // Far from the border the network is a convolution with stride 4: what moves by 4 pixels comes out 4 pixels further.
        using var scope = NewDisposeScope();
        using var net = new UNet(Lungs, widths: [4, 6, 8]);
        net.eval();
        var image = zeros(1, 1, 128, 128);
        image.narrow(2, 56, 12).narrow(3, 56, 12).copy_(randn(1, 1, 12, 12));
        Tensor here = net.call(image), there = net.call(image.roll([4, 8], [2, 3]));
        Close.Assert(here.roll([4, 8], [2, 3]).narrow(2, 32, 64).narrow(3, 32, 64), there.narrow(2, 32, 64).narrow(3, 32, 64), 1e-4);
    }

    [Fact]
    public void SaveAndLoad_GiveTheSameAnswer()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using CxrModel a = ModelCatalog.Create("unet", Lungs, seed: 1), b = ModelCatalog.Create("unet", Lungs, seed: 2);
        Weights.Save(a, folder.File("u.safetensors"));
        Assert.Empty(Weights.Load(b, folder.File("u.safetensors")).Missing);
        a.eval();
        b.eval();
        var image = randn(1, 1, 40, 40);
        Assert.True(Close.Same(a.call(image), b.call(image)));
    }

    [Fact]
    public void Call_ManySteps_LeavesNoTensor()
    {
        using var outer = NewDisposeScope();
        using var net = new UNet(Lungs, widths: [4, 6]);
        var image = randn(1, 1, 17, 16);
        var mask = rand(1, 1, 17, 16).round();
        long before = 0;
        for (int step = 0; step < 6; step++)
        {
            using (NewDisposeScope()) new BceDiceLoss().Compute(net.call(image), mask).backward();
            if (step == 0) before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Dispose_NewModel_LeavesNoTensor()
    {
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        new UNet(Lungs, widths: [4, 6, 8]).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Create_UnfitSizes_SayWhatIsExpected()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => new UNet(Lungs, widths: [8]));
        Assert.Throws<ArgumentException>(() => new UNet(Lungs, widths: [8, 0]));
        using var net = new UNet(Lungs, widths: [4, 4, 4, 4]);
        Assert.Contains("at least 8 × 8", Assert.Throws<ArgumentException>(() => net.call(zeros(1, 1, 7, 64))).Message, StringComparison.Ordinal);
    }
}
