using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrLab.Models;

internal static class GapLinear
{
    /// <summary>Features [B, D, …] → mean over all pixels (voxels) → logits [B, K].</summary>
    internal static Tensor Apply(Tensor features, Linear classifier)
    {
        using var scope = NewDisposeScope();
        var pooled = features.flatten(2).mean([-1]); // [B, D]
        return classifier.call(pooled).MoveToOuterDisposeScope();
    }
}
