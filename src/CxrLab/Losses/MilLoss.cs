using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>What a box teaches about the patches.</summary>
public enum BoxTerm
{
    /// <summary>-ln of the product of pⱼ inside and 1 - pⱼ outside (Li et al., CVPR 2018).</summary>
    Product,

    /// <summary>Binary cross-entropy with the box as mask, summed over the patches (CIA-Net, Liu et al., ICCV 2019). The same without a floor.</summary>
    PixelCrossEntropy,
}

/// <summary>
/// Multiple-instance loss: from patch logits [B, K, h, w] and image labels [B, K], <c>-y ln p - (1 - y) ln(1 - p)</c> with the noisy-or p. Where an image has
/// a box for a finding, <c>λ · </c><see cref="BoxTerm"/> takes its place.
/// </summary>
/// <param name="BoxWeight">λ, weight of a cell with a box; 5 in both papers.</param>
/// <param name="Term">What a box teaches.</param>
/// <param name="Floor">Squeezes pⱼ and 1 - pⱼ into [floor, 1], the papers' 0.98; 0, the default, computes in logarithms and needs none.</param>
public sealed record MilLoss(double BoxWeight = 5, BoxTerm Term = BoxTerm.Product, double Floor = 0) : ILoss
{
    /// <summary>Mean over the known cells, their sum, or the cells themselves [B, K].</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <param name="predictions">Patch logits [B, K, h, w].</param>
    /// <param name="targets">Image labels [B, K], in [0, 1].</param>
    /// <param name="valid">[B, K]; 1 where the label is known.</param>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null) => Compute(predictions, targets, null, null, valid);

    /// <param name="predictions">Patch logits [B, K, h, w].</param>
    /// <param name="targets">Image labels [B, K], in [0, 1].</param>
    /// <param name="boxes">[B, K, h, w], 1 inside a box of the finding; null: no boxes.</param>
    /// <param name="hasBox">[B, K], 1 where <paramref name="boxes"/> counts.</param>
    /// <param name="valid">[B, K]; 1 where label or box is known.</param>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? boxes, Tensor? hasBox, Tensor? valid = null)
    {
        if (predictions.dim() != 4) throw new ArgumentException($"A multiple-instance loss needs patch logits [B, K, h, w]; got [{string.Join(", ", predictions.shape)}].", nameof(predictions));
        if (boxes is null != hasBox is null) throw new ArgumentException("Give boxes and hasBox together.", nameof(boxes));
        using var scope = NewDisposeScope();
        var (_, y, known) = MaskedCells.Of(predictions.select(-1, 0).select(-1, 0), targets, valid); // [B, K]
        Tensor cell = known.to_type(ScalarType.Bool).unsqueeze(-1).unsqueeze(-1);    // [B, K, 1, 1]
        Tensor z = where(cell, predictions, zeros_like(predictions));                // [B, K, h, w]
        Tensor cost = ((y * NoisyOr.LogAny(z, Floor)) + ((ones_like(y) - y) * NoisyOr.LogNone(z, Floor))).neg(); // [B, K]
        if (boxes is not null)
        {
            MaskedCells.Require(z, boxes, nameof(boxes));
            Tensor boxed = Flags(predictions, y, hasBox!), counts = boxed.unsqueeze(-1).unsqueeze(-1); // [B, K], [B, K, 1, 1]
            // Where there is no box, its numbers may be anything: not even a NaN among them may reach a gradient.
            Tensor inside = boxes.to_type(z.dtype).to(z.device);
            cost = where(boxed, BoxCost(z, where(counts & cell, inside, zeros_like(inside))), cost);
        }

        return MaskedCells.Reduce(where(known.to_type(ScalarType.Bool), cost, zeros_like(cost)), known, Reduction).MoveToOuterDisposeScope();
    }

    private static Tensor Flags(Tensor predictions, Tensor targets, Tensor hasBox)
    {
        MaskedCells.Require(targets, hasBox, nameof(hasBox));
        return hasBox.to(predictions.device).ne(zeros_like(hasBox));
    }

    private Tensor BoxCost(Tensor z, Tensor boxes)
    {
        Tensor cost = Term == BoxTerm.Product
            ? NoisyOr.LogBox(z, boxes, Floor).neg()
            : nn.functional.binary_cross_entropy_with_logits(z, boxes, reduction: nn.Reduction.None).flatten(2).sum(dim: -1);
        return cost * Number.Like(z, BoxWeight);                                     // [B, K]
    }
}
