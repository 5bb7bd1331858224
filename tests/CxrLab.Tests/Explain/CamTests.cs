using CxrLab.Explain;
using CxrLab.Models;
using CxrLab.Tests.Golden;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Explain;

public class CamTests
{
    private static readonly LabelSet Two = new("Mass", "Nodule");

    [Fact]
    public void Call_TinyGolden_GivesPyTorchsLogits()
    {
        using var scope = NewDisposeScope();
        using var model = new TinyGolden();
        Close.Assert(GoldenFile.Tensor("tiny", "logits"), model.call(GoldenFile.Tensor("tiny", "input")), 1e-5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Grad_TinyGolden_GivesGradCamsMaps(int k)
    {
        using var scope = NewDisposeScope();
        using var model = new TinyGolden();
        for (int i = 0; i < 2; i++)
        {
            Heatmap map = Cam.Grad(model, GoldenFile.Tensor("tiny", "input")[i], model.Labels[k]);
            // pytorch-grad-cam cuts below 0 before it enlarges, and stretches to [0, 1] once more after it.
            Close.Assert(GoldenFile.Tensor("cams_target_layer_conv2_before_relu", "GradCAM", $"{k}")[i], tensor(map.ReluMinMax().Resize(8, 8).ReluMinMax().Values), 1e-5);
            Close.Assert(GoldenFile.Tensor("gradcam_raw_autograd", $"{k}")[i], tensor(map.Values).clamp(min: 0), 1e-6);
        }
    }

    [Theory]
    [InlineData("cxrnet", 64)]
    [InlineData("resnet18", 64)]
    [InlineData("densenet121", 64)]
    public void Zhou_MeanPlusBias_IsTheLogit(string name, int size)
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create(name, Two, seed: 1);
        var image = randn(1, 1, size, size);
        model.eval();
        var logits = model.call(image);
        for (int k = 0; k < Two.Count; k++)
        {
            Heatmap zhou = Cam.Zhou(model, image, Two[k]), grad = Cam.Grad(model, image, Two[k]);
            var values = tensor(zhou.Values);
            Assert.Equal(logits[0, k].item<float>(), values.mean().item<float>() + ((IGapLinear)model).ClassifierBias[k].item<float>(), 1e-4);
            Close.AssertRelative(values / (zhou.Height * zhou.Width), tensor(grad.Values), 1e-4, name); // each pixel's gradient is w / HW
        }
    }

    [Fact]
    public void Grad_UnderNoGrad_WorksAndLeavesModesAndGradientsAlone()
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create("cxrnet", Two);
        model.train();
        nn.Module frozen = model.modules().First(module => module is TorchSharp.Modules.BatchNorm);
        frozen.eval();
        using (no_grad()) Assert.Equal(4, Cam.Grad(model, randn(1, 32, 32), "Mass").Width);
        Assert.True(model.training);
        Assert.False(frozen.training);
        Assert.All(model.modules().Where(module => module != frozen), module => Assert.True(module.training));
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Compute_EveryMethod_IsTheNamedOne()
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create("cxrnet", Two);
        var image = randn(1, 1, 32, 32);
        Assert.Equal(Cam.Grad(model, image, "Mass").Values, Cam.Compute("grad-cam", model, image, "Mass").Values);
        Assert.Equal(Cam.Zhou(model, image, "Mass").Values, Cam.Compute("cam", model, image, "Mass").Values);
        Assert.Contains("cam, grad-cam", Assert.Throws<ArgumentException>(() => Cam.Compute("magic", model, image, "Mass")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_UnsuitableInput_SaysWhy()
    {
        using var scope = NewDisposeScope();
        using var tiny = new TinyGolden();
        Assert.Contains("Cam.Grad", Assert.Throws<ArgumentException>(() => Cam.Zhou(tiny, zeros(1, 1, 8, 8), "a")).Message, StringComparison.Ordinal);
        Assert.Contains("[2, 1, 8, 8]", Assert.Throws<ArgumentException>(() => Cam.Grad(tiny, zeros(2, 1, 8, 8), "a")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Cam.Grad(tiny, zeros(1, 1, 8, 8), "d"));
    }

    [Theory]
    [InlineData("grad-cam")]
    [InlineData("cam")]
    public void Compute_HundredTimes_LeaksNoTensor(string method)
    {
        using CxrModel model = ModelCatalog.Create("cxrnet", Two);
        using var image = randn(1, 1, 32, 32);
        Cam.Compute(method, model, image, "Mass");
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 100; i++) Cam.Compute(method, model, image, "Mass");
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
