using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>
/// Huber's loss (Annals of Mathematical Statistics 1964) of measured numbers, of any shape: d²/2 up to |d| = δ, then the straight line δ (|d| - δ/2) that
/// goes on with the same slope.
/// </summary>
/// <param name="Delta">δ above 0, in the unit of the targets.</param>
public sealed record HuberLoss(double Delta = 1) : ILoss
{
    /// <summary>Mean over the known cells, their sum, or the cells themselves.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ, or δ isn't positive.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        if (!(Delta > 0)) throw new ArgumentException($"Huber's loss needs δ above 0; got {Delta}.");
        using var scope = NewDisposeScope();
        var (x, y, known) = MaskedCells.Of(predictions, targets, valid);
        Tensor away = (x - y).abs(), delta = Number.Like(x, Delta), half = Number.Like(x, 0.5);
        Tensor near = minimum(away, delta);                                          // |d|, at most δ
        // near · (|d| - near/2) is d²/2 inside and δ (|d| - δ/2) outside.
        return MaskedCells.Reduce(near * (away - (half * near)), known, Reduction).MoveToOuterDisposeScope();
    }
}
