using CxrLab.Models;
using CxrLab.Tests.Golden;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Tests.Explain;

/// <summary>The golden file's network; its features are conv2's output before the ReLU, where the golden maps were taken.</summary>
internal sealed class TinyGolden : CxrModel
{
    private readonly Conv2d conv1 = Conv2d(1, 4, 3, padding: 1);
    private readonly Conv2d conv2 = Conv2d(4, 6, 3, stride: 2, padding: 1);
    private readonly Linear fc = Linear(6, 3);

    internal TinyGolden() : base("tiny", new LabelSet("a", "b", "c"), 1)
    {
        RegisterComponents();
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach ((string key, Tensor target) in state_dict()) target.copy_(GoldenFile.Tensor("tiny", "state", key));
    }

    public override Tensor Features(Tensor images) => conv2.call(functional.relu(conv1.call(images)));

    public override Tensor Head(Tensor features) => fc.call(functional.relu(features).mean([2, 3]));
}
