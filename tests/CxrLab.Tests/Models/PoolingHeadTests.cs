using CxrLab.Explain;
using CxrLab.Models;
using CxrLab.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

[Collection(nameof(GlobalGenerator))]
public class PoolingHeadTests
{
    private static readonly LabelSet Three = new("a", "b", "c");

    public static TheoryData<string> Names => [.. HeadCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Head_Gradients_AreFiniteDifferences(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using PixelHead head = HeadCatalog.Create(name, 3, 2);
        head.to(ScalarType.Float64);
        var projection = randn(2, 2, dtype: ScalarType.Float64);
        var features = rand(2, 3, 2, 3, dtype: ScalarType.Float64); // not negative, as behind a ReLU, and without ties
        using (no_grad())
            foreach (var (_, parameter) in head.named_parameters()) parameter.normal_(0, 1);
        features.requires_grad_();
        Value().backward();
        foreach (Tensor input in head.parameters().Append(features))
        {
            var gradient = input.grad!.flatten();
            using var noGradients = no_grad();
            var flat = input.view(-1);
            for (long i = 0; i < flat.shape[0]; i++)
            {
                const double Step = 1e-5;
                double at = flat[i].item<double>();
                flat[i] = at + Step;
                double above = Value().item<double>();
                flat[i] = at - Step;
                double below = Value().item<double>();
                flat[i] = at;
                Assert.Equal((above - below) / (2 * Step), gradient[i].item<double>(), 1e-6);
            }
        }

        Tensor Value() => (head.call(features) * projection).sum();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Head_PermutedPixels_GiveTheSameLogits(string name)
    {
        using var scope = NewDisposeScope();
        using PixelHead head = Random(name);
        var features = rand(2, 5, 4, 6);
        var shuffled = features.flatten(2).index_select(2, randperm(24)).reshape(features.shape);
        Close.Assert(head.call(features), head.call(shuffled), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Head_OneImageOfOnePixel_IsItsPixelLogit(string name)
    {
        // A batch of 1 and a map of 1×1: where a squeeze too many would break the shape.
        using var scope = NewDisposeScope();
        using PixelHead head = Random(name);
        var features = rand(1, 5, 1, 1);
        var logits = head.call(features);
        Assert.Equal([1, 3], logits.shape);
        Close.Assert(head.PixelLogits(features).flatten(1), logits, 1e-5);
    }

    // With every pixel the same, there is nothing to choose; only noisy-or counts how many there are.
    [Theory]
    [MemberData(nameof(Names))]
    public void Head_ConstantMap_IsThePixelLogit(string name)
    {
        using var scope = NewDisposeScope();
        using PixelHead head = Random(name);
        var features = rand(2, 5, 1, 1).expand(2, 5, 3, 4).contiguous();
        var pixel = head.PixelLogits(features).flatten(2).select(2, 0).to_type(ScalarType.Float64);
        var none = nn.functional.logsigmoid(pixel.neg()) * tensor(12.0); // log (1 - p)¹²
        var expected = name == "noisy-or" ? none.expm1().neg().log() - none : pixel;
        Close.Assert(expected, head.call(features), 2e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Head_HugeEvidence_StaysFiniteInValueAndGradient(string name)
    {
        using var scope = NewDisposeScope();
        using PixelHead head = HeadCatalog.Create(name, 2, 2);
        Tensor weight = head.state_dict()["classifier.weight"];
        foreach (float sign in new[] { 1f, -1f })
        {
            using (no_grad()) weight.fill_(sign * 100);
            head.zero_grad();
            var features = (rand(2, 2, 5, 5) + tensor(1f)).requires_grad_();
            var logits = head.call(features);
            logits.sum().backward();
            Assert.True(logits.isfinite().all().item<bool>(), $"{name}, {sign}: {logits.ToString(TorchSharp.TensorStringStyle.Default)}");
            Assert.True((logits * tensor(sign) > tensor(15f)).all().item<bool>(), $"{name}, {sign}: the evidence is lost.");
            Assert.All(head.parameters().Append(features), input => Assert.True(input.grad!.isfinite().all().item<bool>(), name));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_AnyHead_KeepsTheFeaturesKeysAndReachesTheFirstLayer(string name)
    {
        using var scope = NewDisposeScope();
        using CxrModel plain = ModelCatalog.Create("resnet18", Three, seed: 4), model = ModelCatalog.Create("resnet18", Three, seed: 4, head: name);
        Assert.Equal($"resnet18-{name}", model.Architecture);
        string[] features = [.. plain.state_dict().Keys.Where(key => !key.StartsWith("fc.", StringComparison.Ordinal))];
        Assert.Equal(features.Order(StringComparer.Ordinal), model.state_dict().Keys.Where(key => !key.StartsWith("head.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.True(Close.Same(plain.state_dict()["layer1.0.conv1.weight"], model.state_dict()["layer1.0.conv1.weight"]));
        Tensor logits = model.call(randn(2, 1, 64, 64));
        Assert.Equal([2, 3], logits.shape);
        (logits * logits).sum().backward();
        Assert.All(model.named_parameters(), parameter => Assert.NotNull(parameter.parameter.grad));
        Assert.True(model.parameters().First().grad!.abs().sum().item<float>() > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_HeadOnAnyModel_Answers(string head)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (string name in new[] { "cxrnet", "covidnet", "densenet121" })
        {
            using CxrModel model = ModelCatalog.Create(name, Three, head: head);
            model.eval();
            Assert.Equal([1, 3], model.call(randn(1, 1, 32, 32)).shape);
        }
    }

    [Fact]
    public void Create_HeadOnVolumes_IsRefused() => Assert.Contains(
        "for images", Assert.Throws<ArgumentException>(() => ModelCatalog.Create("med3d-resnet10", Three, head: "avg")).Message, StringComparison.Ordinal);

    [Fact]
    public void With_AverageHead_KeepsTheCamIdentity()
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create("resnet18", Three, seed: 2, head: "avg");
        model.eval();
        var image = randn(1, 1, 64, 64);
        var logits = model.call(image);
        for (int k = 0; k < 3; k++)
        {
            float[] map = [.. new ClassActivationMap().Explain(model, image, Three[k]).Values.Cast<float>()];
            Assert.Equal(logits[0, k].item<float>(), map.Average() + ((IGapLinear)model).ClassifierBias[k].item<float>(), 1e-4);
            float[] pixels = [.. new PixelMap().Explain(model, image, Three[k]).Values.Cast<float>()];
            Assert.Equal(logits[0, k].item<float>(), pixels.Average(), 1e-4);
        }
    }

    // Every method on every head: a map, or a managed error that says what to use.
    [Theory]
    [MemberData(nameof(Names))]
    public void Explain_AnyHead_MapsOrSaysWhatSuits(string head)
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create("cxrnet", Three, seed: 2, head: head);
        var image = randn(1, 16, 16);
        foreach (string name in ExplanationCatalog.Names)
        {
            Explanation method = Explain.Suited.Method(name);
            bool suits = name switch { "cam" => head == "avg", "pcam" => head == "pcam", "lse" => head == "lse", _ => true };
            if (suits) Assert.All(method.Explain(model, image, "b").Values.Cast<float>(), value => Assert.True(float.IsFinite(value), $"{name} on {head}"));
            else Assert.Contains("Cam.Grad", Assert.Throws<ArgumentException>(() => method.Explain(model, image, "b")).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Backward_TwoHundredSteps_LearnAndLeakNothing(string name)
    {
        using CxrModel model = ModelCatalog.Create("cxrnet", Three, head: name);
        using var optimizer = optim.Adam(model.parameters(), 3e-3);
        using var images = randn(4, 1, 16, 16);
        using var targets = tensor(new float[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 1, 1, 0 }, { 0, 0, 1 } });
        float first = Step(), last = first;
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 200; i++) last = Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(last < first / 5, $"The loss went from {first} to {last}.");

        float Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = new CxrLab.Losses.BinaryCrossEntropy().Compute(model.call(images), targets);
            loss.backward();
            optimizer.step();
            return loss.item<float>();
        }
    }

    [Fact]
    public void RunConfig_WithHead_SurvivesJsonAndMakesTheModel()
    {
        var config = new RunConfig { Dataset = "nih", Labels = [.. Three], Head = "noisy-or" };
        RunConfig read = RunConfig.FromJson(config.ToJson(), "test");
        using CxrModel model = read.CreateModel();
        Assert.IsType<NoisyOrHead>(Assert.IsType<PooledModel>(model).PixelHead);
        Assert.DoesNotContain("\"head\"", (config with { Head = null }).ToJson(), StringComparison.Ordinal);
    }

    // Weights large enough that the pixels differ.
    private static PixelHead Random(string name)
    {
        manual_seed(8);
        PixelHead head = HeadCatalog.Create(name, 5, 3);
        using var noGradients = no_grad();
        foreach (var (_, parameter) in head.named_parameters()) parameter.normal_(0, 1);
        return head;
    }
}
