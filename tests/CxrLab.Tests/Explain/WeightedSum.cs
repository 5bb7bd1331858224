using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Tests.Explain;

/// <summary>A model whose logit is a known sum: each pixel has done exactly its weight times its brightness.</summary>
internal sealed class WeightedSum : CxrModel
{
    internal WeightedSum(int height, int width) : base("sum", new LabelSet("a"), 1)
    {
        Weights = randn(height, width, generator: new Generator(11)).DetachFromDisposeScope();
        RegisterComponents();
    }

    internal Tensor Weights { get; }

    public override Tensor Features(Tensor images) => images * Weights;

    public override Tensor Head(Tensor features) => features.sum([1, 2, 3]).unsqueeze(1);

    protected override void Dispose(bool disposing)
    {
        Weights.Dispose();
        base.Dispose(disposing);
    }
}
