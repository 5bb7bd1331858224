using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>
/// Weighted sum of binary cross-entropy and Dice loss. The first gives every pixel an even pull and calibrated probabilities, the second cares for
/// the area; together they are the usual choice for organs.
/// </summary>
/// <param name="BceWeight">Weight of the cross-entropy, the mean over all known pixels.</param>
/// <param name="DiceWeight">Weight of the Dice loss.</param>
public sealed record BceDiceLoss(double BceWeight = 1, double DiceWeight = 1) : ILoss
{
    private readonly BinaryCrossEntropy bce = new();

    /// <summary>The Dice part, on logits through the sigmoid, reduced to its mean.</summary>
    public DiceLoss Dice { get; init; } = new();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or the Dice part isn't a mean of a sigmoid.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        if (Dice.Activation != Activation.Sigmoid || Dice.Reduction != nn.Reduction.Mean)
            throw new ArgumentException($"Cross-entropy is added to a mean over sigmoid maps; the Dice part has {Dice.Activation} and {Dice.Reduction}.");
        using var scope = NewDisposeScope();
        Tensor pixels = bce.Compute(predictions, targets, valid), area = Dice.Compute(predictions, targets, valid);
        return ((Number.Like(pixels, BceWeight) * pixels) + (Number.Like(area, DiceWeight) * area)).MoveToOuterDisposeScope();
    }
}
