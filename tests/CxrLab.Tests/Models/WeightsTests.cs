using CxrLab.Models;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

public class WeightsTests
{
    private static readonly LabelSet Two = new("Mass", "Nodule"), Three = new("Mass", "Nodule", "Hernia");

    [Fact]
    public void Load_SavedModel_GivesTheSameLogits()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using CxrModel model = ModelCatalog.Create("cxrnet", Two, seed: 1), other = ModelCatalog.Create("cxrnet", Two, seed: 2);
        var images = randn(2, 1, 32, 32);
        model.call(images); // moves the running statistics
        Weights.Save(model, folder.File("m"), new Dictionary<string, string> { ["epoch"] = "3" });
        LoadReport report = Weights.Load(other, folder.File("m"));
        Assert.True(report.IsComplete);
        Assert.Equal(model.state_dict().Count, report.Loaded.Count);
        model.eval();
        other.eval();
        Close.Assert(model.call(images), other.call(images), 0);
        Assert.Equal("3", SafeTensors.Load(folder.File("m")).Metadata["epoch"]);
    }

    [Fact]
    public void Load_OtherHead_IsRefusedOrKeepsTheModelsOwn()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using CxrModel saved = ModelCatalog.Create("cxrnet", Three, seed: 1), model = ModelCatalog.Create("cxrnet", Two, seed: 2);
        Weights.Save(saved, folder.File("m"));
        var before = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var error = Assert.Throws<WeightsException>(() => Weights.Load(model, folder.File("m")));
        Assert.Contains("classifier.weight", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Report!.Misshaped.Count);
        Assert.All(model.state_dict(), pair => Assert.True(Close.Same(pair.Value, before[pair.Key]), pair.Key));

        Weights.Load(model, folder.File("m"), LoadTolerance.Head);
        Dictionary<string, Tensor> after = model.state_dict();
        Assert.True(Close.Same(after["classifier.weight"], before["classifier.weight"]));
        Assert.True(Close.Same(after["features.conv1.weight"], saved.state_dict()["features.conv1.weight"]));
    }

    [Fact]
    public void Load_SameSizeButOtherFindings_IsRefused()
    {
        using var folder = new TempFolder();
        using CxrModel saved = ModelCatalog.Create("cxrnet", Two), model = ModelCatalog.Create("cxrnet", new LabelSet("Nodule", "Mass"));
        Weights.Save(saved, folder.File("m"));
        Assert.Contains("found findings [Mass, Nodule]", Assert.Throws<WeightsException>(() => Weights.Load(model, folder.File("m"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingAndUnexpectedKeys_AreNamedWhateverTheTolerance()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using CxrModel model = ModelCatalog.Create("cxrnet", Two);
        var tensors = new Dictionary<string, Tensor>(model.state_dict());
        tensors.Remove("features.conv2.weight");
        tensors["extra"] = ones(1);
        SafeTensors.Save(folder.File("m"), tensors);
        LoadReport report = Assert.Throws<WeightsException>(() => Weights.Load(model, folder.File("m"), LoadTolerance.Head)).Report!;
        Assert.Equal(["features.conv2.weight"], report.Missing);
        Assert.Equal(["extra"], report.Unexpected);
    }

    [Fact]
    public void Load_OldColourDenseNet_IsAdapted()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using CxrModel colour = ModelCatalog.Create("densenet121", Two, 3, seed: 1), grey = ModelCatalog.Create("densenet121", Two, 1, seed: 2);
        Dictionary<string, Tensor> old = colour.state_dict()
            .Where(pair => !pair.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            .ToDictionary(pair => "module." + System.Text.RegularExpressions.Regex.Replace(pair.Key, @"(denselayer\d+\.(norm|conv))([12])", "$1.$3"), pair => pair.Value);
        Assert.Contains("module.features.denseblock1.denselayer1.norm.1.weight", old.Keys);
        SafeTensors.Save(folder.File("m"), old);
        LoadReport report = Weights.Load(grey, folder.File("m"));
        Assert.True(report.IsComplete);
        Assert.Contains("features.conv0.weight summed from 3 input channels to 1", report.Adapted);
        colour.eval();
        grey.eval();
        var image = randn(1, 1, 64, 64);
        Close.Assert(colour.call(image.expand(1, 3, 64, 64)), grey.call(image), 1e-4);
    }
}
