using System.Text.Json;
using CxrLab.Losses;
using CxrLab.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Golden;

/// <summary>losses.json: every loss and pooling head by its formula in NumPy, with its three reductions, masks, empty masks and findings without a positive.</summary>
public class GoldenLossTests
{
    private static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "losses.json"))).RootElement;

    // The loss, and the keys of its predictions, targets and mask in "cells" or "maps".
    private static readonly Dictionary<string, (Func<nn.Reduction, ILoss> Make, string Predictions, string Targets, string? Valid)> All = new()
    {
        ["bce"] = (r => new BinaryCrossEntropy { Reduction = r }, "x", "y", "valid"),
        ["chexnet"] = (r => BinaryCrossEntropy.CheXNet(Ints("positives"), Ints("negatives")) with { Reduction = r }, "x", "y", "valid"),
        ["wang"] = (r => new WangCrossEntropy { Reduction = r }, "x", "y", "valid"),
        ["wang, no positive"] = (r => new WangCrossEntropy { Reduction = r }, "x", "", "valid"),
        ["balanced"] = (r => new BatchBalancedCrossEntropy { Reduction = r }, "x", "y", "valid"),
        ["focal"] = (r => new FocalLoss { Reduction = r }, "x", "y", "valid"),
        ["focal 1.5, 0.6"] = (r => new FocalLoss(1.5, .6) { Reduction = r }, "x", "y", "valid"),
        ["focal 0.5, none"] = (r => new FocalLoss(.5, null) { Reduction = r }, "x", "y", "valid"),
        ["asymmetric"] = (r => new AsymmetricLoss { Reduction = r }, "x", "y", "valid"),
        ["asymmetric 2, 0, 0"] = (r => new AsymmetricLoss(2, 0, 0) { Reduction = r }, "x", "y", "valid"),
        ["u-multiclass"] = (r => new UncertainMultiClass { Reduction = r }, "three", "classes", "valid"),
        ["squared"] = (r => new MeanSquaredError { Reduction = r }, "x", "measured", "valid"),
        ["absolute"] = (r => new MeanAbsoluteError { Reduction = r }, "x", "measured", "valid"),
        ["huber 0.8"] = (r => new HuberLoss(.8) { Reduction = r }, "x", "measured", "valid"),
        ["coral 5"] = (r => new CoralLoss(5) { Reduction = r }, "coral", "ranks", "valid"),
        ["cumulative link"] = (r => new CumulativeLinkLoss(Of("cells", "theta", ScalarType.Float64)) { Reduction = r }, "x", "ranks", "valid"),
        ["dice squared"] = (r => new DiceLoss { Reduction = r }, "x", "y", "valid"),
        ["dice plain"] = (r => new DiceLoss(false) { Reduction = r }, "x", "y", "valid"),
        ["dice squared of the batch"] = (r => new DiceLoss { Reduction = r, Batch = true }, "x", "y", "valid"),
        ["dice plain, 0.5 and 2"] = (r => new DiceLoss(false) { Reduction = r, SmoothNumerator = .5, SmoothDenominator = 2 }, "x", "y", "valid"),
        ["jaccard"] = (r => new JaccardLoss { Reduction = r }, "x", "y", "valid"),
        ["tversky"] = (r => new TverskyLoss { Reduction = r }, "x", "y", "valid"),
        ["tversky 0.6, 0.4 of the batch"] = (r => new TverskyLoss(.6, .4) { Reduction = r, Batch = true }, "x", "y", "valid"),
        ["generalised dice"] = (r => new GeneralisedDiceLoss { Reduction = r }, "x", "y", "valid"),
        ["generalised dice simple"] = (r => new GeneralisedDiceLoss(ChannelWeight.Simple) { Reduction = r }, "x", "y", "valid"),
        ["generalised dice of the batch"] = (r => new GeneralisedDiceLoss { Reduction = r, Batch = true }, "x", "y", "valid"),
        ["bce and dice"] = (r => new BceDiceLoss { Reduction = r }, "x", "y", "valid"),
        ["bce and dice 0.7, 1.3"] = (r => new BceDiceLoss(.7, 1.3) { Reduction = r }, "x", "y", "valid"),
        ["bce of maps"] = (r => new BinaryCrossEntropy { Reduction = r }, "x", "y", "valid"),
        ["boxes"] = (r => new BoxCrossEntropy { Reduction = r }, "x", "box", "known"),
        ["boxes, mean"] = (r => new BoxCrossEntropy(true) { Reduction = r }, "x", "box", "known"),
        ["mil"] = (r => new MilLoss { Reduction = r }, "x", "label", "known"),
        ["mil, floor 0.98"] = (r => new MilLoss(Floor: .98) { Reduction = r }, "x", "label", "known"),
        ["mil with boxes"] = (r => new Boxed(new MilLoss { Reduction = r }), "x", "label", "known"),
        ["mil with boxes, floor 0.9"] = (r => new Boxed(new MilLoss(Floor: .9) { Reduction = r }), "x", "label", "known"),
        ["mil with boxes, pixels"] = (r => new Boxed(new MilLoss(Term: BoxTerm.PixelCrossEntropy) { Reduction = r }), "x", "label", "known"),
        ["consistency"] = (r => new ConsistencyLoss { Reduction = r }, "x", "image", "valid"),
        ["perceptual"] = (r => new PerceptualLoss(images => images.tanh()) { Reduction = r }, "x", "image", null),
        ["perceptual, root"] = (r => new PerceptualLoss(images => images.tanh()) { Reduction = r, Squared = false }, "x", "image", null),
    };

    public static TheoryData<string> Names => [.. Root.GetProperty("losses").EnumerateObject().Select(loss => loss.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Compute_EveryReduction_IsTheFormulas(string name)
    {
        using var scope = NewDisposeScope();
        (Func<nn.Reduction, ILoss> make, string predictions, string targets, string? valid) = All[name];
        string part = All.Keys.ToList().IndexOf(name) < All.Keys.ToList().IndexOf("dice squared") ? "cells" : "maps";
        foreach ((ScalarType type, double tolerance) in new[] { (ScalarType.Float64, 1e-10), (ScalarType.Float32, 1e-5) })
            foreach (nn.Reduction reduction in Enum.GetValues<nn.Reduction>())
            {
                Tensor x = Of(part, predictions, type), y = targets.Length == 0 ? zeros_like(x) : Of(part, targets, type);
                Tensor found = make(reduction).Compute(x, y, valid is null ? null : Of(part, valid, type));
                JsonElement value = Root.GetProperty("losses").GetProperty(name).GetProperty(reduction.ToString().ToLowerInvariant());
                Tensor expected = reduction == nn.Reduction.None ? tensor(Numbers(value)).reshape(found.shape) : tensor(value.GetDouble());
                Close.AssertRelative(expected, found, tolerance, $"{name} {reduction} {type}");
            }
    }

    [Theory]
    [InlineData("avg")]
    [InlineData("max")]
    [InlineData("lse 10")]
    [InlineData("lse 0.5")]
    [InlineData("exp")]
    [InlineData("linear")]
    [InlineData("lse-lba 5")]
    [InlineData("noisy-or")]
    [InlineData("pcam")]
    [InlineData("attention")]
    public void Head_Logits_AreTheFormulas(string name)
    {
        using var scope = NewDisposeScope();
        const int Channels = 3, Findings = 2, Hidden = 4;
        using PixelHead head = name switch
        {
            "lse 0.5" => new LseHead(Channels, Findings, .5),
            "attention" => new AttentionHead(Channels, Findings, Hidden),
            _ => HeadCatalog.Create(name.Split(' ')[0], Channels, Findings), // defaults: LSE 10, LSE-LBA 5
        };
        head.to(ScalarType.Float64);
        Dictionary<string, Tensor> weights = head.state_dict();
        using (no_grad())
            foreach ((string key, string golden) in new[] { ("classifier.weight", "w"), ("classifier.bias", "b"), ("beta", "beta"), ("value.weight", "V"), ("value.bias", "Vb"), ("gate.weight", "U"), ("gate.bias", "Ub"), ("score.weight", "S") })
                if (weights.TryGetValue(key, out Tensor? weight)) weight.copy_(Of("features", golden, ScalarType.Float64).reshape(weight.shape));
        Tensor found = head.call(Of("features", "f", ScalarType.Float64)); // [B, K]
        Close.Assert(tensor(Numbers(Root.GetProperty("heads").GetProperty(name))).reshape(found.shape), found, 1e-9);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(.5)]
    public void LogSumExp_MapsFarBelowZero_IsTheFormulas(double sharpness)
    {
        using var scope = NewDisposeScope();
        double[] expected = Numbers(Root.GetProperty("heads").GetProperty(FormattableString.Invariant($"lse of dark {sharpness}")));
        Assert.All(expected, value => Assert.True(value < -200));
        Tensor dark = Of("features", "dark", ScalarType.Float64);
        Close.Assert(tensor(expected).reshape(2, 3), Pooling.LogSumExp(dark, sharpness), 1e-10);
        Close.AssertRelative(tensor(expected).reshape(2, 3), Pooling.LogSumExp(dark.to_type(ScalarType.Float32), sharpness), 1e-6, "float32");
    }

    private static int[] Ints(string key) => [.. Root.GetProperty("cells").GetProperty(key).EnumerateArray().Select(value => value.GetInt32())];

    // Nested lists carry their shape; flat ones as long as "shape" says have that.
    private static Tensor Of(string part, string key, ScalarType type)
    {
        JsonElement group = Root.GetProperty(part), value = group.GetProperty(key);
        var shape = new List<long>();
        for (JsonElement at = value; at.ValueKind == JsonValueKind.Array; at = at[0]) shape.Add(at.GetArrayLength());
        double[] numbers = Numbers(value);
        if (group.TryGetProperty("shape", out JsonElement whole) && Numbers(whole) is var sizes && sizes.Aggregate((a, b) => a * b) == numbers.Length) shape = [.. sizes.Select(size => (long)size)];
        return tensor(numbers).reshape([.. shape]).to_type(type);
    }

    private static double[] Numbers(JsonElement element) => element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Numbers)] : [element.GetDouble()];

    private sealed class Boxed(MilLoss loss) : ILoss
    {
        public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null) =>
            loss.Compute(predictions, targets, Of("maps", "box", predictions.dtype), Of("maps", "has", predictions.dtype), valid);
    }
}
