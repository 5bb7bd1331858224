using CxrLab.Explain;
using CxrLab.Models;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Explain;

/// <summary>
/// The formulas in plain loops over doubles. For a head of mean and linear layer the gradient is known without any autograd, w / HW, and
/// taking a channel out lowers the logit by w times its mean.
/// </summary>
public class StraightLineTests
{
    private static readonly LabelSet Three = new("a", "b", "c");

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string model in new[] { "cxrnet", "resnet18", "densenet121" })
                foreach (string method in new[] { "cam", "grad-cam", "grad-cam++", "xgrad-cam", "hirescam", "layer-cam", "ablation-cam" }) cases.Add(model, method);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Explain_GapLinear_IsTheLoop(string architecture, string method)
    {
        using var scope = NewDisposeScope();
        using CxrModel model = ModelCatalog.Create(architecture, Three, seed: 21);
        model.eval();
        Tensor image = randn(1, 1, 96, 64, generator: new Generator(22));
        using var noGradients = no_grad();
        Tensor features = model.Features(image)[0].to_type(ScalarType.Float64).contiguous();
        int depth = (int)features.shape[0], height = (int)features.shape[1], width = (int)features.shape[2], places = height * width;
        double[] f = features.data<double>().ToArray();
        double[] w = ((IGapLinear)model).ClassifierWeight.detach()[1].to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
        double[] expected = new double[places];
        for (int d = 0; d < depth; d++)
        {
            double sum = 0, g = w[d] / places;
            for (int i = 0; i < places; i++) sum += f[(d * places) + i];
            double weight = method switch
            {
                "cam" => w[d],
                "grad-cam" or "hirescam" => g,
                "grad-cam++" => g > 0 ? places * g * (g * g / ((2 * g * g) + (g * g * g * sum) + 1e-6)) : 0,
                "xgrad-cam" => g * sum / (sum + 1e-7),
                "layer-cam" => Math.Max(g, 0),
                _ => w[d] * sum / places,
            };
            for (int i = 0; i < places; i++) expected[i] += weight * f[(d * places) + i];
        }

        Heatmap map = Cam.Compute(method, model, image, "b");
        Close.AssertRelative(tensor(expected).reshape(height, width), tensor(map.Values), 1e-4, $"{architecture} {method}");
    }
}
