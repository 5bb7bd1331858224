using CxrLab.Data;
using CxrLab.Models;
using CxrLab.Training;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

public class InputRangeTests
{
    private static readonly LabelSet Two = new("Mass", "Nodule");

    public static TheoryData<string, string, bool> Pairs => new()
    {
        // range that the model knows, images that it is shown, whether that is right
        { "unit", "unit", true }, { "unit", "imagenet", false }, { "unit", "xrv", false }, { "unit", "bytes", false }, { "unit", "standardised", false },
        { "imagenet", "imagenet", true }, { "imagenet", "unit", false }, { "imagenet", "xrv", false }, { "imagenet", "bytes", false },
        { "xrv", "xrv", true }, { "xrv", "unit", false }, { "xrv", "imagenet", false }, { "xrv", "bytes", false }, { "xrv", "standardised", false },
        { "standardised", "standardised", true }, { "standardised", "unit", false }, { "standardised", "bytes", false }, { "standardised", "xrv", false },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Call_ImagesOfAnyRange_WarnsOnceOrThrowsWhereTheyDontFit(string expected, string shown, bool right)
    {
        using var scope = NewDisposeScope();
        var warnings = new List<string>();
        using var model = new CxrNet(Two) { InputRange = Range(expected), InputWarning = warnings.Add };
        var images = Images(shown);
        model.call(images);
        model.call(images);
        Assert.Equal(right ? 0 : 1, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains($"trained on pixels that are {Range(expected)}", warning, StringComparison.Ordinal));
        model.StrictInput = true;
        if (right) model.call(images);
        else Assert.Throws<ArgumentException>(() => model.call(images));
        Assert.Equal(right ? 0 : 1, warnings.Count);
    }

    [Fact]
    public void Call_WrongRange_SaysWhatItLooksLike()
    {
        using var scope = NewDisposeScope();
        using var model = new CxrNet(Two) { InputRange = InputRange.Xrv, StrictInput = true };
        Assert.Contains("looks like [0, 1]", Assert.Throws<ArgumentException>(() => model.call(Images("unit"))).Message, StringComparison.Ordinal);
        Assert.Contains("looks like 8-bit", Assert.Throws<ArgumentException>(() => model.call(Images("bytes"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.call(Images("unit") * tensor(float.NaN)));
    }

    [Fact]
    public void Call_LaterBatchOfAnotherRange_IsFoundToo()
    {
        using var scope = NewDisposeScope();
        using var model = new CxrNet(Two) { InputRange = InputRange.Unit, StrictInput = true };
        for (int i = 0; i < 5; i++) model.call(Images("unit"));
        Assert.Throws<ArgumentException>(() => model.call(Images("bytes")));
    }

    [Fact]
    public void Call_BlankOrUnknownRange_IsNoFault()
    {
        using var scope = NewDisposeScope();
        using var model = new CxrNet(Two) { StrictInput = true };
        model.call(Images("bytes")); // nobody said what the weights were trained on
        foreach (InputRange range in new[] { InputRange.Unit, InputRange.ImageNet, InputRange.Xrv, InputRange.Standardised })
        {
            model.InputRange = range;
            model.call(zeros(2, 1, 16, 16)); // an empty detector says nothing about the scale
        }
    }

    [Theory]
    [InlineData(0, 1, false, "[0, 1]")]
    [InlineData(0.449, 0.226, false, "([0, 1] - 0.449) / 0.226")]
    [InlineData(0, 1, true, "mean 0 and deviation 1 per image")]
    public void CreateModel_Normalization_BecomesTheModelsRange(double mean, double deviation, bool perImage, string name)
    {
        using CxrModel model = new RunConfig { Dataset = "nih", Labels = [.. Two], Normalization = new Normalization(mean, deviation, perImage) }.CreateModel();
        Assert.Equal(name, model.InputRange!.Name);
    }

    [Fact]
    public void Load_SavedWeights_BringTheirRange()
    {
        using var folder = new TempFolder();
        using var saved = new CxrNet(Two) { InputRange = InputRange.Xrv };
        using var model = new CxrNet(Two) { InputRange = InputRange.Unit };
        Weights.Save(saved, folder.File("m"));
        Weights.Load(model, folder.File("m"));
        Assert.Equal(InputRange.Xrv, model.InputRange);
        SafeTensors.Save(folder.File("bad"), saved.state_dict(), new Dictionary<string, string> { [Weights.InputKey] = """{"Name":"odd","Lowest":3,"Highest":2}""" });
        Assert.Equal(Weights.InputKey, Assert.Throws<WeightsException>(() => Weights.Load(model, folder.File("bad"))).Key);
        Assert.All(PublishedWeights.All.Where(line => line.Input is "imagenet" or "xrv1024"), line => Assert.NotNull(line.InputRange));
    }

    private static InputRange Range(string name) => name switch
    {
        "unit" => InputRange.Unit,
        "imagenet" => InputRange.ImageNet,
        "xrv" => InputRange.Xrv,
        _ => InputRange.Standardised,
    };

    private static Tensor Images(string range)
    {
        var unit = linspace(0, 1, 2 * 256, dtype: ScalarType.Float32).reshape(2, 1, 16, 16);
        return range switch
        {
            "unit" => unit,
            "bytes" => unit * tensor(255f),
            "imagenet" => (unit - tensor(0.449f)) / tensor(0.226f),
            "xrv" => (unit * tensor(2048f)) - tensor(1024f),
            _ => (unit - tensor(0.5f)) * tensor(7f), // a bright edge: further out than ImageNet's range
        };
    }
}
