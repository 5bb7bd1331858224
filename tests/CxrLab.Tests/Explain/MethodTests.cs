using CxrLab.Explain;
using CxrLab.Models;
using CxrLab.Tests.Golden;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Explain;

/// <summary>Every method against numbers and identities that don't come from CxrLab.</summary>
public class MethodTests
{
    private static readonly LabelSet Three = new("a", "b", "c");

    public static TheoryData<string, Explanation> Reference => new()
    {
        { "GradCAM", new GradCam() },
        { "GradCAM++", new GradCamPlusPlus() },
        { "XGradCAM", new XGradCam() },
        { "HiResCAM", new HiResCam() },
        { "LayerCAM", new LayerCam() },
        { "ScoreCAM", new ScoreCam() },
        { "AblationCAM_zero", new AblationCam { Relative = true } },
        { "AblationCAM_below", new AblationCam { Relative = true, FarBelow = true } },
    };

    [Theory]
    [MemberData(nameof(Reference))]
    public void Explain_TinyGolden_GivesTheReferenceMaps(string key, Explanation method)
    {
        using var scope = NewDisposeScope();
        using var model = new TinyGolden();
        IReadOnlyList<Heatmap> maps = method.Explain(model, GoldenFile.Tensor("tiny", "input"), Target.Each(2, Three));
        for (int i = 0; i < maps.Count; i++)
            Close.Assert(GoldenFile.Explanation($"{i % 3}", key)[i / 3], tensor(maps[i].Values), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Reference))]
    public void Explain_LayerByName_IsTheSeam(string key, Explanation method)
    {
        using var scope = NewDisposeScope();
        using var model = new TinyGolden();
        Explanation tapped = method switch
        {
            GradientCam gradient => gradient with { Layer = "conv2" },
            ScoreCam score => score with { Layer = "conv2" },
            AblationCam ablation => ablation with { Layer = "conv2" },
            _ => throw new InvalidOperationException(key),
        };
        Heatmap expected = method.Explain(model, GoldenFile.Tensor("tiny", "input")[0], "b");
        using (no_grad()) Close.Assert(tensor(expected.Values), tensor(tapped.Explain(model, GoldenFile.Tensor("tiny", "input")[0], "b").Values), 1e-6);
    }

    [Theory]
    [InlineData("LayerCAM", "layer-cam")]
    [InlineData("EigenCAM", "eigen-cam")]
    [InlineData("GradCAM", "grad-cam")]
    public void Explain_SharedGolden_GivesPytorchGradCamsPictures(string key, string method)
    {
        using var scope = NewDisposeScope();
        using var model = new TinyGolden();
        for (int k = 0; k < 3; k++)
            for (int i = 0; i < 2; i++)
                Close.Assert(GoldenFile.Tensor("cams_target_layer_conv2_before_relu", key, $"{k}")[i],
                    tensor(Cam.Compute(method, model, GoldenFile.Tensor("tiny", "input")[i], Three[k]).ReluMinMax().Resize(8, 8).ReluMinMax().Values), 1e-5);
    }

    [Fact]
    public void Eigen_TinyGolden_IsTheFirstComponent()
    {
        using var scope = NewDisposeScope();
        using var model = new TinyGolden();
        for (int i = 0; i < 2; i++)
        {
            Heatmap map = new EigenCam { TowardsActivation = true }.Explain(model, GoldenFile.Tensor("tiny", "input")[i], "a");
            Close.Assert(GoldenFile.Explanation("EigenCAM")[i], tensor(map.Values), 1e-5);
        }
    }

    [Theory]
    [InlineData("cxrnet")]
    [InlineData("resnet18")]
    [InlineData("densenet121")]
    public void GapLinear_Identities_Hold(string name)
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create(name, Three, seed: 2);
        Tensor images = randn(2, 1, 64, 64, generator: new Generator(1));
        model.eval();
        Tensor logits = model.call(images), bias = ((IGapLinear)model).ClassifierBias;
        IReadOnlyList<Target> targets = Target.Each(2, Three);
        IReadOnlyList<Heatmap> cam = new ClassActivationMap().Explain(model, images, targets), grad = new GradCam().Explain(model, images, targets), hiRes = new HiResCam().Explain(model, images, targets);
        IReadOnlyList<Heatmap> ablation = new AblationCam().Explain(model, images, targets);
        for (int i = 0; i < targets.Count; i++)
        {
            Tensor zhou = tensor(cam[i].Values), places = full_like(zhou, cam[i].Height * cam[i].Width);
            Close.AssertRelative(logits[i / 3, i % 3], zhou.mean() + bias[i % 3], 1e-4, "mean of CAM + bias = logit");
            Close.AssertRelative(zhou / places, tensor(grad[i].Values), 1e-4, "Grad-CAM = CAM");
            Close.AssertRelative(zhou / places, tensor(hiRes[i].Values), 1e-4, "HiResCAM = CAM");
            Assert.Equal(targets[i].Finding, ablation[i].Finding);
        }
    }

    [Fact]
    public void IntegratedGradients_Sum_IsTheDifferenceOfLogits()
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create("cxrnet", Three, seed: 3);
        Tensor images = randn(2, 1, 32, 32, generator: new Generator(4));
        model.eval();
        foreach (Baseline from in new[] { Baseline.Zero, Baseline.Black, Baseline.Blur(3) })
        {
            IReadOnlyList<Heatmap> maps = new IntegratedGradients { Steps = 128, From = from }.Explain(model, images, Target.Each(2, Three));
            Tensor expected = (model.call(images) - model.call(from.For(images))).flatten();
            Close.AssertRelative(expected, stack(maps.Select(map => tensor(map.Values).sum())), 5e-3, $"{from}");
        }
    }

    [Fact]
    public void Saliency_Float64_IsTheFiniteDifference()
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create("cxrnet", Three, seed: 5);
        model.to(ScalarType.Float64);
        model.eval();
        Tensor image = randn(1, 1, 16, 16, dtype: ScalarType.Float64, generator: new Generator(6));
        Heatmap map = new Saliency().Explain(model, image, "b"), size = new Saliency { Magnitude = true }.Explain(model, image, "b");
        foreach ((int y, int x) in new[] { (0, 0), (3, 7), (15, 15), (8, 2) })
        {
            Tensor step = zeros_like(image);
            step[0, 0, y, x] = tensor(1e-6);
            double difference = ((model.call(image + step) - model.call(image - step))[0, 1].item<double>()) / 2e-6;
            Assert.Equal(difference, map.Values[y, x], 1e-5);
            Assert.Equal(Math.Abs(difference), size.Values[y, x], 1e-5);
        }
    }

    [Fact]
    public void SmoothGrad_NoNoise_IsTheSaliency()
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create("cxrnet", Three, seed: 5);
        Tensor image = randn(1, 32, 32);
        Close.Assert(tensor(new Saliency().Explain(model, image, "a").Values), tensor(new SmoothGrad { Noise = 0, Samples = 3 }.Explain(model, image, "a").Values), 1e-5);
        Assert.NotEqual(new SmoothGrad { Seed = 1, Samples = 2 }.Explain(model, image, "a").Values, new SmoothGrad { Seed = 2, Samples = 2 }.Explain(model, image, "a").Values);
    }

    [Fact]
    public void Occlusion_LinearModel_IsTheHiddenEvidence()
    {
        using var scope = NewDisposeScope();
        using var model = new WeightedSum(8, 8);
        Tensor image = rand(1, 8, 8, generator: new Generator(7));
        Tensor evidence = image[0] * model.Weights;                                       // [8, 8], sums to the logit
        Heatmap map = new Occlusion { Window = 0.25, Stride = 0.5 }.Explain(model, image, "a");
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                // By hand: all 2 × 2 windows at every pixel that cover this one, and their sums.
                var falls = new List<float>();
                for (int top = Math.Max(0, y - 1); top <= Math.Min(6, y); top++)
                    for (int left = Math.Max(0, x - 1); left <= Math.Min(6, x); left++)
                        falls.Add(evidence.narrow(0, top, 2).narrow(1, left, 2).sum().item<float>());
                Assert.Equal(falls.Average(), map.Values[y, x], 1e-5);
            }
        }
    }

    [Fact]
    public void Rise_LinearModel_FindsTheOnePixelBlock()
    {
        using var scope = NewDisposeScope();
        using var model = new WeightedSum(28, 28);
        model.Weights.zero_();
        model.Weights.narrow(0, 4, 6).narrow(1, 16, 6).copy_(tensor(1f));
        Heatmap map = new Rise { Masks = 800 }.Explain(model, ones(1, 28, 28), "a");
        (int x, int y, _) = map.Peak;
        Assert.InRange(x, 14, 23);
        Assert.InRange(y, 2, 11);
        // Without centring it is the paper's sum: the same picture, higher by the mean score times the coverage.
        Heatmap paper = new Rise { Masks = 800, Centred = false }.Explain(model, ones(1, 28, 28), "a");
        Assert.True(paper.Values.Cast<float>().Min() > 0);
        Assert.InRange(map.Values.Cast<float>().Average(), -1, 1);
    }

    [Fact]
    public void Rise_Masks_ShowTheShareThatIsKept()
    {
        using var scope = NewDisposeScope();
        using var model = new WeightedSum(20, 30);
        model.Weights.zero_();
        model.Weights[0, 0] = tensor(1f);
        // The logit is the mask's value at pixel 0,0; so the paper's map there is E[M²]/p, and E[M] = p far from it.
        Heatmap map = new Rise { Masks = 3000, Keep = 0.3, Centred = false, Seed = 3 }.Explain(model, ones(1, 20, 30), "a");
        Assert.InRange(map.Values[19, 29], 0.26, 0.34);
        Assert.InRange(map.Values[0, 0], 0.45, 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Explain_Batch_IsTheSingleImages(string name)
    {
        using var scope = NewDisposeScope();
        using CxrModel model = Suited.Model(name, Three);
        Explanation method = Suited.Method(name);
        Tensor images = randn(3, 1, 32, 32, generator: new Generator(8));
        IReadOnlyList<Target> targets = [new(2, "b"), new(0, "c"), new(2, "a"), new(1, "b")];
        IReadOnlyList<Heatmap> maps = method.Explain(model, images, targets);
        for (int i = 0; i < targets.Count; i++)
        {
            Heatmap single = method.Explain(model, images[targets[i].Image], targets[i].Finding);
            Assert.Equal(targets[i].Finding, maps[i].Finding);
            Close.AssertRelative(tensor(single.Values), tensor(maps[i].Values), 1e-3, name);
        }
    }

    public static TheoryData<string> Names => new(ExplanationCatalog.Names);
}
