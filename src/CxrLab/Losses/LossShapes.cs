using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>One check for all losses: silent broadcasting would train on the wrong cells.</summary>
internal static class LossShapes
{
    internal static void Check(Tensor predictions, Tensor targets, Tensor? valid)
    {
        if (!predictions.shape.SequenceEqual(targets.shape) || (valid is not null && !predictions.shape.SequenceEqual(valid.shape)))
            throw new ArgumentException($"Predictions [{string.Join(", ", predictions.shape)}], targets [{string.Join(", ", targets.shape)}]"
                + (valid is null ? "" : $" and mask [{string.Join(", ", valid.shape)}]") + " must have one shape.");
    }
}
