using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>
/// Distance of two images in the eyes of a trained network φ (feature reconstruction, Johnson et al., ECCV 2016):
/// <c>‖φ(x) - φ(y)‖² / (C h w)</c> per image. Images are [B, C, H, W], <c>valid</c> is [B]. Gradients go to the predictions only.
/// </summary>
public sealed class PerceptualLoss : ILoss
{
    private readonly Func<Tensor, Tensor> features;

    /// <param name="network">Its <see cref="CxrModel.Features"/> are φ. It is frozen here: evaluation mode, and no gradients for its weights.</param>
    public PerceptualLoss(CxrModel network) : this(network.Features)
    {
        network.eval();
        foreach (TorchSharp.Modules.Parameter weight in network.parameters()) weight.requires_grad = false;
    }

    /// <param name="features">Any φ from images [B, C, H, W] to maps [B, D, h, w], such as an early layer of a network that you have frozen.</param>
    public PerceptualLoss(Func<Tensor, Tensor> features) => this.features = features;

    /// <summary>Mean over the known images, their sum, or one value per image [B].</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <summary>Whether the distance is squared, as in Johnson et al.; else it is <c>‖φ(x) - φ(y)‖ / (C h w)</c>, as CIA-Net prints it.</summary>
    public bool Squared { get; init; } = true;

    /// <summary>
    /// Mean features [1, D, h, w] of many images. One canonical image has features of its own noise and bones; their mean over many images made
    /// alignment training stable where a single template didn't.
    /// </summary>
    /// <param name="batches">Images [B, C, H, W] each; not disposed.</param>
    /// <exception cref="ArgumentException">There is no image.</exception>
    public Tensor MeanFeatures(IEnumerable<Tensor> batches)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor? sum = null;
        long images = 0;
        foreach (Tensor batch in batches)
        {
            using var step = NewDisposeScope();
            Tensor part = features(batch).sum(dim: 0, keepdim: true);                // [1, D, h, w]
            sum = (sum is null ? part : sum + part).MoveToOuterDisposeScope();
            images += batch.shape[0];
        }

        return sum is null ? throw new ArgumentException("There is no image to take mean features of.", nameof(batches)) : (sum / Number.Like(sum, images)).MoveToOuterDisposeScope();
    }

    /// <param name="predictions">Images [B, C, H, W].</param>
    /// <param name="targets">Images [B, C, H, W], or one for all [1, C, H, W].</param>
    /// <param name="valid">[B]; an image with 0 adds exactly 0.</param>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        using var scope = NewDisposeScope();
        Tensor wanted;
        using (no_grad()) wanted = features(targets.to_type(predictions.dtype));
        return ToFeatures(predictions, wanted, valid).MoveToOuterDisposeScope();
    }

    /// <summary>The same against features that are known already, such as those of <see cref="MeanFeatures"/>.</summary>
    /// <param name="predictions">Images [B, C, H, W].</param>
    /// <param name="wanted">φ of the target, [B, D, h, w] or [1, D, h, w].</param>
    /// <param name="valid">[B]; an image with 0 adds exactly 0.</param>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    public Tensor ToFeatures(Tensor predictions, Tensor wanted, Tensor? valid = null)
    {
        using var scope = NewDisposeScope();
        long images = predictions.shape[0];
        if (valid is not null && !valid.shape.SequenceEqual([images])) throw new ArgumentException($"valid must be [{images}], one number per image; got [{string.Join(", ", valid.shape)}].", nameof(valid));
        Tensor known = valid is null ? ones(images, dtype: predictions.dtype, device: predictions.device) : valid.ne(zeros_like(valid)).to_type(predictions.dtype);
        // An unknown image may hold NaN, which must not even reach the network.
        Tensor cell = known.to_type(ScalarType.Bool).reshape([images, .. Enumerable.Repeat(1L, (int)predictions.dim() - 1)]);
        Tensor found = features(where(cell, predictions, zeros_like(predictions)));  // [B, D, h, w]
        if (!found.shape.Skip(1).SequenceEqual(wanted.shape.Skip(1)) || wanted.shape[0] != 1 && wanted.shape[0] != images)
            throw new ArgumentException($"The features must have one shape; the predictions' are [{string.Join(", ", found.shape)}], the target's [{string.Join(", ", wanted.shape)}].", nameof(wanted));
        Tensor difference = where(cell, found - wanted.to_type(found.dtype), zeros_like(found));
        Tensor squares = (difference * difference).flatten(1).sum(dim: 1);           // [B]
        Tensor distance = Squared ? squares : SafeRoot(squares);
        return MaskedCells.Reduce(distance / Number.Like(distance, found.numel() / images), known, Reduction).MoveToOuterDisposeScope();
    }

    // The root's slope at 0 is infinite; equal features shall pull nowhere.
    private static Tensor SafeRoot(Tensor squares)
    {
        Tensor zero = zeros_like(squares), apart = squares.gt(zero);
        return where(apart, where(apart, squares, ones_like(squares)).sqrt(), zero);
    }
}
