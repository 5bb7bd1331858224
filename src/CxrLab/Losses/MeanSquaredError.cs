using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>Squared difference (x - y)² of measured numbers, such as a severity score or an age, of any shape. Predictions are used as they are.</summary>
public sealed record MeanSquaredError : ILoss
{
    /// <summary>Mean over the known cells, their sum, or the cells themselves.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        using var scope = NewDisposeScope();
        var (x, y, known) = MaskedCells.Of(predictions, targets, valid);
        Tensor difference = x - y;                                                   // 0 where unknown
        return MaskedCells.Reduce(difference * difference, known, Reduction).MoveToOuterDisposeScope();
    }
}
