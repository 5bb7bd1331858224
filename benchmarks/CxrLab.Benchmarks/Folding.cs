using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Benchmarks;

/// <summary>Prediction with batch norms folded into their convolutions, against the model in evaluation mode.</summary>
internal static class Folding
{
    private const int Images = 4, Side = 224, Rounds = 12;

    internal static void Run()
    {
        TorchRuntime.Prepare();
        using Tensor images = randn(Images, 1, Side, Side);
        foreach (string name in new[] { "cxrnet", "resnet18", "resnet50", "densenet121" })
        {
            using CxrModel model = ModelCatalog.Create(name, LabelSet.Nih14);
            model.eval();
            using FoldedModel folded = FoldedModel.Of(ModelCatalog.Create(name, LabelSet.Nih14));
            Ratio.Compare($"{name}, {Images} × {Side}²: model, folded", () => Predict(model, images), () => Predict(folded, images), Rounds);
        }
    }

    private static void Predict(CxrModel model, Tensor images)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        model.call(images);
    }
}
