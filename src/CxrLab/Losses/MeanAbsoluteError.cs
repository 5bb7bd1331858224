using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>Absolute difference |x - y| of measured numbers, of any shape: an outlier pulls no harder than any other. At equality its slope is 0.</summary>
public sealed record MeanAbsoluteError : ILoss
{
    /// <summary>Mean over the known cells, their sum, or the cells themselves.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        using var scope = NewDisposeScope();
        var (x, y, known) = MaskedCells.Of(predictions, targets, valid);
        return MaskedCells.Reduce((x - y).abs(), known, Reduction).MoveToOuterDisposeScope(); // 0 where unknown
    }
}
