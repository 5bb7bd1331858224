using CxrLab.Losses;
using CxrLab.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

[Collection(nameof(GlobalGenerator))]
public class ModelTests
{
    private static readonly LabelSet Two = new("Mass", "Nodule");

    /// <summary>Every model of the catalogue with the smallest images that leave something to compute.</summary>
    public static TheoryData<string> Names => [.. ModelCatalog.Names, .. ModelCatalog.VolumeNames];

    // Counts of torchvision's models; the grey one lacks 2 · 64 · 7 · 7 weights.
    [Theory]
    [InlineData("densenet121", 3, 14, 6_968_206)]
    [InlineData("densenet121", 1, 14, 6_961_934)]
    [InlineData("densenet121", 3, 1000, 7_978_856)]
    [InlineData("resnet18", 3, 1000, 11_689_512)]
    [InlineData("resnet50", 3, 1000, 25_557_032)]
    public void Create_TorchvisionModel_HasItsKeysShapesAndCount(string name, int channels, int classes, long count)
    {
        using CxrModel model = ModelCatalog.Create(name, Labels(classes), channels);
        Assert.Equal(count, model.parameters().Sum(parameter => parameter.numel()));
        Dictionary<string, long[]> expected = name == "densenet121" ? KeyList.DenseNet121(channels, classes)
            : KeyList.ResNet(name == "resnet18" ? 18 : 50, channels, classes);
        Dictionary<string, Tensor> state = model.state_dict();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
        foreach ((string key, long[] shape) in expected) Assert.True(shape.SequenceEqual(state[key].shape), key);
    }

    [Theory]
    [InlineData("densenet121")]
    [InlineData("resnet50")]
    public void Call_RandomStatistics_IsTheFunctionalForward(string name)
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create(name, Two, 3, seed: 3);
        using (no_grad())
        {
            // Fresh batch norms are nearly the identity and would hide a wrong order of layers.
            foreach ((string key, Tensor tensor) in model.state_dict())
            {
                if (key.EndsWith("running_mean", StringComparison.Ordinal)) tensor.normal_(0, 0.2);
                else if (key.EndsWith("running_var", StringComparison.Ordinal)) tensor.uniform_(0.5, 1.5);
            }

            model.eval();
            var images = randn(2, 3, 64, 64);
            var functional = new FunctionalForward(model.state_dict());
            var expected = name == "resnet50" ? functional.ResNet50(images) : functional.DenseNet121(images);
            Close.AssertRelative(expected, model.call(images), 1e-4, name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Call_Float32_AgreesWithFloat64InForwardAndGradients(string name)
    {
        using var scope = NewDisposeScope();
        using CxrModel single = ModelCatalog.Create(name, Two, seed: 1), wide = ModelCatalog.Create(name, Two, seed: 1);
        wide.to(ScalarType.Float64);
        manual_seed(5);
        var images = Images(name);
        var projection = randn(2, 2);
        // Evaluation mode: with two images, batch norm of 1×1 maps divides by almost nothing and magnifies rounding.
        single.eval();
        wide.eval();
        var logits = single.call(images);
        var wideLogits = wide.call(images.to_type(ScalarType.Float64));
        Close.AssertRelative(wideLogits, logits, 1e-3, $"{name}, logits");
        (logits * projection).sum().backward();
        (wideLogits * projection.to_type(ScalarType.Float64)).sum().backward();
        foreach (var (a, b) in single.named_parameters().Zip(wide.named_parameters()))
            Close.AssertRelative(b.parameter.grad!, a.parameter.grad!, 1e-3, $"{name}, {a.name}");
    }

    // Channel counts that oneDNN computes wrongly on machines that hide their caches, in plain and in depthwise convolutions.
    [Theory]
    [InlineData(10, 17, 7)]
    [InlineData(5, 24, 33)]
    [InlineData(3, 1, 12)]
    public void Call_OddChannels_AgreesWithFloat64InForwardAndGradients(int a, int b, int c)
    {
        using var scope = NewDisposeScope();
        TorchRuntime.SeedAll(4);
        using var net = new CxrNet(Two, 3, [a, b, c]);
        using var block = new PepxBlock(c, a + b);
        AssertAgrees(net, randn(4, 3, 24, 24), $"CxrNet {a}, {b}, {c}");
        if (c > 1) AssertAgrees(block, randn(4, c, 10, 11), $"PEPX {c} → {a + b}");
    }

    private static void AssertAgrees(nn.Module<Tensor, Tensor> model, Tensor images, string name)
    {
        // Without shifts of its own a norm before a depthwise convolution is undone by the norm behind it, and its slope is 0.
        RandomStatistics.Fill(model);
        images.requires_grad_();
        Tensor single = model.call(images), projection = randn(single.shape);
        (single * projection).sum().backward();
        Dictionary<string, Tensor> gradients = model.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.grad!.clone());
        Tensor inputGradient = images.grad!;
        model.zero_grad();
        model.to(ScalarType.Float64);
        var exact = images.detach().to_type(ScalarType.Float64).requires_grad_();
        Tensor wide = model.call(exact);
        (wide * projection.to_type(ScalarType.Float64)).sum().backward();
        Close.AssertRelative(wide, single, 1e-3, name);
        Close.AssertRelative(exact.grad!, inputGradient, 1e-3, $"{name}, input");
        // Batch norm takes out whatever its input's mean is: a slope that is 0 in exact arithmetic has no relative error.
        foreach (var (key, parameter) in model.named_parameters().Where(pair => pair.parameter.grad!.abs().max().item<double>() > 1e-9))
            Close.AssertRelative(parameter.grad!, gradients[key], 1e-3, $"{name}, {key}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_SameSeed_GivesSameWeights(string name)
    {
        using var scope = NewDisposeScope();
        using CxrModel a = ModelCatalog.Create(name, Two, seed: 7), b = ModelCatalog.Create(name, Two, seed: 7);
        Assert.All(a.state_dict().Zip(b.state_dict()), pair => Assert.True(Close.Same(pair.First.Value, pair.Second.Value), pair.First.Key));
    }

    [Fact]
    public void Create_DenseNet_DrawsTorchvisionsInitialisation()
    {
        using var scope = NewDisposeScope();
        using CxrModel dense = ModelCatalog.Create("densenet121", Two), residual = ModelCatalog.Create("resnet18", Two);
        // √(2 / fan): 512 · 1 · 1 inputs, and 512 · 3 · 3 outputs.
        Assert.Equal(Math.Sqrt(2.0 / 512), dense.state_dict()["features.transition2.conv.weight"].std().item<float>(), 1e-3);
        Assert.Equal(Math.Sqrt(2.0 / (512 * 9)), residual.state_dict()["layer4.1.conv2.weight"].std().item<float>(), 1e-4);
        Assert.Equal(0, dense.state_dict()["classifier.bias"].abs().max().item<float>());
    }

    [Fact]
    public void Create_UnknownNames_ListTheKnown()
    {
        string message = Assert.Throws<ArgumentException>(() => ModelCatalog.Create("vgg", Two)).Message;
        Assert.All(ModelCatalog.Names.Concat(ModelCatalog.VolumeNames), name => Assert.Contains(name, message, StringComparison.Ordinal));
        message = Assert.Throws<ArgumentException>(() => ModelCatalog.Create("cxrnet", Two, head: "median")).Message;
        Assert.All(HeadCatalog.Names, name => Assert.Contains(name, message, StringComparison.Ordinal));
        Assert.Contains("got 2", Assert.Throws<ArgumentException>(() => ModelCatalog.Create("cxrnet", Two, 2)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Call_OtherShape_SaysWhatItTakes(string name)
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create(name, Two);
        foreach (long[] shape in new long[][] { [2, 32, 32], [2, 3, 32, 32], [2, 1, 4, 4, 4, 4] })
            Assert.Contains("takes", Assert.Throws<ArgumentException>(() => model.call(zeros(shape))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cxrnet", 4, 96)]
    [InlineData("covidnet", 1, 424)]
    [InlineData("densenet121", 1, 1024)]
    [InlineData("densenet169", 1, 1664)]
    [InlineData("densenet201", 1, 1920)]
    [InlineData("resnet18", 1, 512)]
    [InlineData("resnet34", 1, 512)]
    [InlineData("resnet50", 1, 2048)]
    [InlineData("resnet101", 1, 2048)]
    [InlineData("med3d-resnet10", 2, 512)]
    [InlineData("med3d-resnet18", 2, 512)]
    [InlineData("med3d-resnet34", 2, 512)]
    [InlineData("med3d-resnet50", 2, 2048)]
    public void Features_AnyModel_AreAfterTheirActivationAndLeakNothing(string name, long size, long channels)
    {
        using CxrModel model = ModelCatalog.Create(name, Two);
        using var images = Images(name);
        Assert.Equal(channels, model.FeatureChannels);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (no_grad())
        {
            using Tensor features = model.Features(images), logits = model.Head(features);
            Assert.Equal([2, channels, .. Enumerable.Repeat(size, model.Dimensions)], features.shape);
            Assert.Equal([2, 2], logits.shape);
            using var lowest = features.min();
            Assert.True(lowest.item<float>() >= 0);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Backward_TwoHundredSteps_LeakNoTensorAndLearn()
    {
        using CxrModel model = ModelCatalog.Create("cxrnet", Two);
        using var optimizer = optim.Adam(model.parameters());
        using var images = randn(4, 1, 32, 32);
        using var targets = tensor(new float[,] { { 1, 0 }, { 0, 1 }, { 1, 1 }, { 0, 0 } });
        float first = Step();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        float last = first;
        for (int i = 0; i < 200; i++) last = Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(last < first / 10, $"The loss went from {first} to {last}.");

        float Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = new BinaryCrossEntropy().Compute(model.call(images), targets);
            loss.backward();
            optimizer.step();
            return loss.item<float>();
        }
    }

    private static Tensor Images(string name) => name.StartsWith("med3d", StringComparison.Ordinal) ? randn([2, 1, 16, 16, 16]) : randn(2, 1, 32, 32);

    private static LabelSet Labels(int count) => new(Enumerable.Range(0, count).Select(i => $"finding {i}"));
}
