using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Data;

public class BatchLoaderTests
{
    private static readonly CxrIndex Index = NihChestXray14.Read(Sample.Nih).Where(record => record.PatientId.Length <= 2, "few patients");
    private static readonly LoaderOptions Options = new() { ImageSize = 24, BatchSize = 7, Shuffle = true, Seed = 3, Augmentation = Augmentation.Affine };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(4, 2)]
    public void Epoch_AnyWorkersAndPrefetch_GivesTheSameBatches(int workers, int prefetch) =>
        Assert.Equal(Pixels(Options with { Workers = 2, Prefetch = 3 }, 1), Pixels(Options with { Workers = workers, Prefetch = prefetch, CacheMegabytes = 0 }, 1));

    [Fact]
    public void Epoch_AnotherEpoch_HasAnotherOrderAndOtherChanges() => Assert.NotEqual(Pixels(Options, 1), Pixels(Options, 2));

    [Fact]
    public void Order_Shuffled_IsAPermutation()
    {
        int[] order = new BatchLoader(Index, Options).Order(5);
        Assert.NotEqual(Enumerable.Range(0, Index.Count), order);
        Assert.Equal(Enumerable.Range(0, Index.Count), order.Order());
    }

    [Fact]
    public void Epoch_StatesWithoutKnowledge_AreMasked()
    {
        CxrRecord record = Index.Records[0] with { Labels = [LabelState.Positive, LabelState.Uncertain, LabelState.Missing] };
        var index = new CxrIndex("three", new LabelSet("a", "b", "c"), [record]);
        using Batch ignore = new BatchLoader(index, Options with { Policy = LabelPolicy.Ignore }).Epoch(0).Single();
        using Batch ones = new BatchLoader(index, Options with { Policy = LabelPolicy.Ones }).Epoch(0).Single();
        Assert.Equal([1f, 0f, 0f], ignore.Known.data<float>().ToArray());
        Assert.Equal([1f, 1f, 0f], ones.Known.data<float>().ToArray());
        Assert.Equal([1f, 1f, 0f], ones.Targets.data<float>().ToArray());
    }

    [Fact]
    public void Epoch_CorruptImage_NamesTheRecord()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("broken.png"), File.ReadAllBytes(Index.Records[1].ImagePath!)[..400]);
        CxrRecord broken = Index.Records[1] with { ImagePath = folder.File("broken.png") };
        var index = new CxrIndex("damaged", Index.Labels, [Index.Records[0], broken]);
        var error = Assert.Throws<SampleException>(() => Pixels(Options with { BatchSize = 1 }, 0, index));
        Assert.Contains(broken.ImageId, error.Message, StringComparison.Ordinal);
        Assert.IsType<ImageFormatException>(error.InnerException);
    }

    [Fact]
    public void Constructor_RecordWithoutImage_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new BatchLoader(new CxrIndex("table", Index.Labels, [Index.Records[0] with { ImagePath = null }]), Options));

    private static float[] Pixels(LoaderOptions options, int epoch, CxrIndex? index = null)
    {
        var pixels = new List<float>();
        foreach (Batch batch in new BatchLoader(index ?? Index, options).Epoch(epoch))
            using (batch) pixels.AddRange(batch.Images.data<float>().ToArray());
        return [.. pixels];
    }
}
