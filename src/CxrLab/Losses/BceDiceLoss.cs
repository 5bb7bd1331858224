using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Losses;

/// <summary>
/// Weighted sum of binary cross-entropy and Dice loss, map by map: <c>w₁ · mean of the pixels' cross-entropy + w₂ · Dice loss</c> of each image and channel. The
/// first gives every pixel an even pull and calibrated probabilities, the second cares for the area; together they are the usual choice for organs.
/// </summary>
/// <param name="BceWeight">Weight of the cross-entropy, the mean over the known pixels of a map.</param>
/// <param name="DiceWeight">Weight of the Dice loss.</param>
public sealed record BceDiceLoss(double BceWeight = 1, double DiceWeight = 1) : ILoss
{
    /// <summary>
    /// The Dice part, on logits through the sigmoid. Where it sums over the batch or leaves channel 0 out, the cross-entropy does too. How values are
    /// joined says <see cref="Reduction"/> here.
    /// </summary>
    public DiceLoss Dice { get; init; } = new();

    /// <summary>As of all losses of areas: mean over images and channels of which a pixel is known, sum, or one value each, [B, C] ([C] where Dice sums over the batch).</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or the Dice part isn't of a sigmoid or has a reduction of its own.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        if (Dice.Activation != Activation.Sigmoid || Dice.Reduction != nn.Reduction.Mean)
            throw new ArgumentException($"Cross-entropy goes with a Dice part over sigmoid maps whose reduction is left alone; it has {Dice.Activation} and {Dice.Reduction}.");
        using var scope = NewDisposeScope();
        (Tensor area, Tensor any) = Dice.Cells(predictions, targets, valid);                                // [B, C] or [C] each
        var (x, y, known) = MaskedCells.Of(predictions, targets, valid);                                    // [B, C, H, W] each
        Tensor pixels = binary_cross_entropy_with_logits(x, y, known, nn.Reduction.None);
        Tensor sum = Dice.PerMap(pixels), count = Dice.PerMap(known);                                       // [B, C] or [C]
        Tensor cost = (Number.Like(x, BceWeight) * (sum / maximum(count, ones_like(count)))) + (Number.Like(x, DiceWeight) * area);
        return MaskedCells.Reduce(cost, any, Reduction).MoveToOuterDisposeScope();
    }
}
