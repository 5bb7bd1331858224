using CxrLab.Models;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

[Collection(nameof(GlobalGenerator))]
public class SafeBatchNormTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Forward_ThreeBatchesThenEvaluation_IsTorchSharpsOwn(int dimensions)
    {
        using var scope = NewDisposeScope();
        long[] shape = [4, 3, .. Enumerable.Repeat(5L, dimensions - 2)];
        TorchSharp.Modules.BatchNorm theirs = dimensions == 4 ? nn.BatchNorm2d(3) : nn.BatchNorm3d(3);
        using var ours = new SafeBatchNorm(3);
        ours.load_state_dict(theirs.state_dict());
        for (int batch = 0; batch < 3; batch++)
        {
            Tensor images = randn(shape) * tensor(batch + 1f) + tensor(0.5f);
            Assert.True(Close.Same(theirs.call(images), ours.call(images)));
        }

        Assert.Equal(theirs.state_dict().Keys, ours.state_dict().Keys);
        Assert.All(theirs.state_dict(), pair => Assert.True(Close.Same(pair.Value, ours.state_dict()[pair.Key]), pair.Key));
        Assert.Equal(3, ours.num_batches_tracked!.item<long>());
        theirs.eval();
        ours.eval();
        Tensor seen = randn(shape);
        Assert.True(Close.Same(theirs.call(seen), ours.call(seen)));
        Assert.Equal(3, ours.num_batches_tracked!.item<long>());
    }

    [Fact]
    public void Forward_Vector_SaysWhatItTakes() =>
        Assert.Contains("[B, C, H, W]", Assert.Throws<ArgumentException>(() => new SafeBatchNorm(3).call(zeros(2, 3))).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_EveryModel_HasNoBatchNormThatCountsWithTemporaryScalars()
    {
        using var scope = NewDisposeScope();
        foreach (string name in ModelCatalog.Names.Concat(ModelCatalog.VolumeNames).Concat(ModelCatalog.Segmenters))
        {
            using CxrModel model = ModelCatalog.Create(name, new LabelSet("Mass"));
            Assert.All(model.modules().OfType<TorchSharp.Modules.BatchNorm>(), norm => Assert.IsType<SafeBatchNorm>(norm));
        }
    }
}
