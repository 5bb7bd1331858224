using CxrLab.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

/// <summary>What a model leaves behind when it is disposed: nothing, whichever layers it is made of.</summary>
[Collection(nameof(GlobalGenerator))]
public class ModelHandleTests
{
    public static TheoryData<string> Names => [.. ModelCatalog.Names, .. ModelCatalog.VolumeNames, .. ModelCatalog.Segmenters, .. HeadCatalog.Names.Select(head => $"cxrnet {head}"), "multiclass", "med3d segmenter"];

    [Theory, MemberData(nameof(Names))]
    public void Dispose_NewModel_LeavesNoTensor(string name)
    {
        Make(name).Dispose(); // what is made once for all
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (int i = 0; i < 3; i++) Make(name).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Dispose_NewModelInsideAScope_LeavesNoTensorAndTheModelOutlivesTheScope()
    {
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        foreach (string name in new[] { "cxrnet attention", "cxrnet noisy-or", "unet" })
        {
            nn.Module model;
            using (NewDisposeScope()) model = Make(name);
            Assert.All(model.parameters(), parameter => Assert.False(parameter.IsInvalid));
            model.Dispose();
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    private static nn.Module Make(string name)
    {
        var labels = new LabelSet("Mass", "Nodule");
        string[] words = name.Split(' ');
        return name switch
        {
            "multiclass" => new MultiClassModel(ModelCatalog.Create("cxrnet", MultiClassModel.Triple(labels), head: "pcam"), labels),
            "med3d segmenter" => new Med3DSegmenter(10, 2),
            _ => ModelCatalog.Create(words[0], labels, head: words.ElementAtOrDefault(1)),
        };
    }
}
