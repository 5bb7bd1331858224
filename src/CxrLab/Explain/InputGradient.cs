using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>Gradients of logits over the pixels of the image.</summary>
internal static class InputGradient
{
    /// <summary>The mean over several inputs of ∂logit/∂input; one forward pass for each input serves all findings.</summary>
    /// <param name="model">In evaluation mode.</param>
    /// <param name="targets">Say which findings are needed.</param>
    /// <param name="count">Number of inputs.</param>
    /// <param name="input">Input i, [B, C, H, W].</param>
    /// <returns>Column of the finding → [B, C, H, W].</returns>
    internal static Dictionary<int, Tensor> Mean(CxrModel model, IEnumerable<Target> targets, int count, Func<int, Tensor> input)
    {
        int[] findings = [.. targets.Select(target => model.Labels.IndexOf(target.Finding)).Distinct()];
        var sums = new Dictionary<int, Tensor>();
        for (int i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            using var gradients = enable_grad();
            Tensor leaf = input(i).detach().clone().requires_grad_(true);                 // [B, C, H, W]
            Tensor logits = model.call(leaf);                                             // [B, K]
            foreach (int k in findings)
            {
                Tensor slope = SafeGradient.Of(logits.select(1, k).sum(), leaf, $"The logit of {model.Labels[k]} in {model.Architecture} over the image");
                using var off = no_grad();
                if (sums.TryGetValue(k, out Tensor? sum)) sum.add_(slope);
                else sums[k] = slope.MoveToOuterDisposeScope();
            }
        }

        foreach (Tensor sum in sums.Values) sum.div_(Constant.Like(sum, count));
        return sums;
    }
}
