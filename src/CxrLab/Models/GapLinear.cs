using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrLab.Models;

internal static class GapLinear
{
    /// <summary>Features [B, D, h, w] → mean over pixels → logits [B, K].</summary>
    internal static Tensor Apply(Tensor features, Linear classifier)
    {
        using var scope = NewDisposeScope();
        var pooled = features.mean([2, 3]); // [B, D]
        return classifier.call(pooled).MoveToOuterDisposeScope();
    }
}
