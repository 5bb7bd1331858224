using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>What a model says about changed copies of an image.</summary>
internal static class Perturbed
{
    internal const int BatchSize = 32;

    /// <summary>Logits [N, K] of N images that are made batch by batch, so that a thousand copies need no thousand images of memory.</summary>
    /// <param name="model">In evaluation mode.</param>
    /// <param name="count">N.</param>
    /// <param name="make">First image and number of images → images [n, C, H, W].</param>
    internal static Tensor Logits(CxrModel model, int count, Func<int, int, Tensor> make) => InBatches(count, (from, size) => model.call(make(from, size)));

    /// <summary>Rows [N, …] of an answer that is computed without gradients, batch by batch.</summary>
    internal static Tensor InBatches(int count, Func<int, int, Tensor> answer)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var rows = new List<Tensor>();
        for (int from = 0; from < count; from += BatchSize)
        {
            using var batch = NewDisposeScope();
            rows.Add(answer(from, Math.Min(BatchSize, count - from)).MoveToOuterDisposeScope());
        }

        return cat(rows, 0).MoveToOuterDisposeScope();
    }

    /// <summary>Copies of an image where a mask of 1 keeps it and 0 shows the baseline.</summary>
    /// <param name="image">[C, H, W].</param>
    /// <param name="baseline">[C, H, W].</param>
    /// <param name="masks">[n, 1, H, W] in [0, 1].</param>
    internal static Tensor Masked(Tensor image, Tensor baseline, Tensor masks) => baseline + (image - baseline) * masks; // [n, C, H, W]
}
