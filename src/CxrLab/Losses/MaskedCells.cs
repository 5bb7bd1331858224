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

    private static void Require(Tensor predictions, Tensor other, string name)
    {
        if (!predictions.shape.SequenceEqual(other.shape))
            throw new ArgumentException($"predictions and {name} must have one shape; got [{string.Join(", ", predictions.shape)}] and [{string.Join(", ", other.shape)}].", name);
    }
}
