using static TorchSharp.torch;

namespace CxrLab.Losses;

internal static class MaskedCells
{
    /// <summary>
    /// Checks the shapes and replaces predictions and targets of unknown cells by 0, so that not even a NaN there reaches the
    /// sum or a gradient. <c>Known</c> is 1 or 0 in the predictions' type.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    internal static (Tensor Predictions, Tensor Targets, Tensor Known) Of(Tensor predictions, Tensor targets, Tensor? valid)
    {
        Require(predictions, targets, "targets");
        Tensor target = targets.to_type(predictions.dtype);
        if (valid is null) return (predictions, target, ones_like(predictions));
        Require(predictions, valid, "valid");
        Tensor known = valid.to_type(ScalarType.Bool), zero = zeros_like(predictions);
        return (where(known, predictions, zero), where(known, target, zero), known.to_type(predictions.dtype));
    }

    /// <summary>The mean over the known cells (0 where there is none), the sum, or the cells themselves.</summary>
    /// <param name="cost">What each cell costs; 0 where it isn't known.</param>
    /// <param name="known">1 or 0, of the same shape.</param>
    /// <param name="reduction">How the cells become one number.</param>
    internal static Tensor Reduce(Tensor cost, Tensor known, nn.Reduction reduction)
    {
        if (reduction == nn.Reduction.None) return cost;
        Tensor sum = cost.sum();
        if (reduction == nn.Reduction.Sum) return sum;
        Tensor cells = known.sum();
        return sum / maximum(cells, ones_like(cells));
    }

    internal static void Require(Tensor predictions, Tensor other, string name)
    {
        if (!predictions.shape.SequenceEqual(other.shape))
            throw new ArgumentException($"predictions and {name} must have one shape; got [{string.Join(", ", predictions.shape)}] and [{string.Join(", ", other.shape)}].", name);
    }
}
