using CxrLab.Explain;
using CxrLab.Models;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Explain;

/// <summary>What doesn't fit gives a clear managed error.</summary>
public class SuitabilityTests
{
    private static readonly LabelSet Two = new("Mass", "Nodule");

    public static TheoryData<string> Names => new(ExplanationCatalog.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public void Explain_BadTargets_SaysWhy(string name)
    {
        using CxrModel model = Suited.Model(name, Two);
        Explanation method = ExplanationCatalog.ByName(name);
        using var images = randn(2, 1, 16, 16);
        using var colour = randn(2, 3, 16, 16);
        using var wide = randn(2, 1, 16, 16, dtype: ScalarType.Float64);
        using var broken = full(2, 1, 16, 16, double.NaN, dtype: ScalarType.Float32);
        Fails("image 2, but the batch has 2", images, [new(0, "Mass"), new(2, "Mass")]);
        Fails("did you mean 'Mass'", images, [new(0, "Moss")]);
        Fails("no target", images, []);
        Fails("[2, 3, 16, 16]", colour, [new(0, "Mass")]);
        Fails("Float64", wide, [new(0, "Mass")]);
        Fails("isn't a number", broken, [new(0, "Mass")]);
        Assert.Contains("[2, 1, 16, 16]", Assert.Throws<ArgumentException>(() => method.Explain(model, images, "Mass")).Message, StringComparison.Ordinal);

        void Fails(string message, Tensor batch, IReadOnlyList<Target> targets) =>
            Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => method.Explain(model, batch, targets)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Explain_FrozenModelUnderNoGrad_Works(string name)
    {
        using CxrModel model = Suited.Model(name, Two);
        foreach (var parameter in model.parameters()) parameter.requires_grad = false;
        using var image = randn(1, 16, 16);
        using (no_grad()) Assert.All(Suited.Method(name).Explain(model, image, "Mass").Values.Cast<float>(), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Explain_GraphCut_SaysWhyOrWorks(string name)
    {
        using var model = new CutModel();
        using var image = randn(1, 16, 16);
        Explanation method = Suited.Method(name);
        if (method is GradientCam or Saliency or SmoothGrad or IntegratedGradients)
            Assert.Contains("no gradient", Assert.Throws<ArgumentException>(() => method.Explain(model, image, "Mass")).Message, StringComparison.Ordinal);
        else if (method is ClassActivationMap or PcamMap or LseMap or PixelMap)
            Assert.Contains("Cam.Grad", Assert.Throws<ArgumentException>(() => method.Explain(model, image, "Mass")).Message, StringComparison.Ordinal);
        else
            Assert.NotNull(method.Explain(model, image, "Mass"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Explain_InferenceMode_SaysWhyOrWorks(string name)
    {
        using CxrModel model = Suited.Model(name, Two);
        Explanation method = Suited.Method(name);
        using (inference_mode())
        {
            using var image = randn(1, 16, 16);
            if (method is GradientCam or Saliency or SmoothGrad or IntegratedGradients)
                Assert.Contains("inference_mode", Assert.Throws<ArgumentException>(() => method.Explain(model, image, "Mass")).Message, StringComparison.Ordinal);
            else
                Assert.NotNull(method.Explain(model, image, "Mass"));
        }
    }

    [Fact]
    public void Explain_WrongLayer_NamesTheNearest()
    {
        using CxrModel model = ModelCatalog.Create("cxrnet", Two);
        using var image = randn(1, 16, 16);
        foreach (Explanation method in new Explanation[] { new GradCam { Layer = "features.conv9" }, new ScoreCam { Layer = "features.conv9" }, new EigenCam { Layer = "features.conv9" }, new AblationCam { Layer = "features.conv9" } })
            Assert.Contains("'features.conv", Assert.Throws<ArgumentException>(() => method.Explain(model, image, "Mass")).Message, StringComparison.Ordinal);
        Assert.Contains("[1, 2]", Assert.Throws<ArgumentException>(() => new GradCam { Layer = "classifier" }.Explain(model, image, "Mass")).Message, StringComparison.Ordinal);
        Assert.Equal(8, new LayerCam { Layer = "features.relu1" }.Explain(model, image, "Mass").Height);
    }

    [Fact]
    public void Explain_DenseNetLayer_WorksAndLeavesTheModelAlone()
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create("densenet121", Two, seed: 1);
        model.eval();
        Tensor image = randn(1, 1, 64, 64), before = model.call(image);
        Heatmap map = new GradCam { Layer = "features.denseblock3" }.Explain(model, image, "Mass");
        Assert.Equal((4, 4), (map.Height, map.Width));
        Assert.True(Close.Same(before, model.call(image)));
    }

    [Fact]
    public void Catalog_EveryMethodOfTheAssembly_IsInIt()
    {
        Type[] written = [.. typeof(Explanation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Explanation)) && !type.IsAbstract)];
        Assert.Equal(written.Select(type => type.Name).Order(StringComparer.Ordinal), ExplanationCatalog.All.Select(method => method.GetType().Name).Order(StringComparer.Ordinal));
        Assert.Equal(ExplanationCatalog.Names.Count, ExplanationCatalog.Names.Distinct().Count());
        Assert.Contains("grad-cam", Assert.Throws<ArgumentException>(() => ExplanationCatalog.ByName("magic")).Message, StringComparison.Ordinal);
    }

    /// <summary>Detaches the features, so that no logit depends on anything by a gradient.</summary>
    private sealed class CutModel() : CxrModel("cut", Two, 1)
    {
        public override Tensor Features(Tensor images) => images.detach().abs();

        public override Tensor Head(Tensor features) => cat([features.detach().mean([1, 2, 3]).unsqueeze(1), features.detach().amax([1, 2, 3]).unsqueeze(1)], 1);
    }
}
