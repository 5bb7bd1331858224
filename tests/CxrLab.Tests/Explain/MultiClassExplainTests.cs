using CxrLab.Explain;
using CxrLab.Models;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Explain;

/// <summary>A network of U-MultiClass answers z₁ - z₀ of three logits: methods that read a last layer refuse it, those that ask the answer itself work.</summary>
public class MultiClassExplainTests
{
    private static readonly LabelSet Two = new("Mass", "Nodule");

    [Theory]
    [InlineData(null)]
    [InlineData("pcam")]
    [InlineData("avg")]
    public void Explain_MultiClassModel_IsRefusedByNameOrExplainsTheAnswer(string? head)
    {
        using var scope = NewDisposeScope();
        using var model = new MultiClassModel(ModelCatalog.Create("cxrnet", MultiClassModel.Triple(Two), head: head), Two);
        Tensor image = randn(1, 32, 32);
        foreach (string name in new[] { "cam", "pcam", "lse" })
        {
            string message = Assert.Throws<ArgumentException>(() => Cam.Compute(name, model, image, "Mass")).Message;
            Assert.Contains("multiclass", message, StringComparison.Ordinal);
            Assert.Contains("Cam.Grad (grad-cam)", message, StringComparison.Ordinal);
        }

        // The answer is a difference of two outputs, so its map is the difference of their maps (before any ReLU).
        Heatmap map = Cam.Grad(model, image, "Nodule");
        Assert.Contains(map.Values.Cast<float>(), value => Math.Abs(value) > 1e-9);
        model.eval();
        Tensor features = model.Features(image.unsqueeze(0)).detach().requires_grad_(true); // [1, D, h, w]
        model.Head(features)[0, 1].backward();
        Tensor expected = (features.grad!.mean([-2, -1], keepdim: true) * features).sum(dim: 1)[0]; // [h, w]
        Close.AssertRelative(expected, tensor(map.Values.Cast<float>().ToArray()).reshape(expected.shape), 1e-4, "Grad-CAM");
    }
}
