using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>A loss: what training makes small.</summary>
public interface ILoss
{
    /// <param name="predictions">The model's raw output (logits [B, K] for classification).</param>
    /// <param name="targets">Same shape as <paramref name="predictions"/>, in [0, 1].</param>
    /// <param name="valid">Same shape; 1 where the target is known, 0 where it isn't. A cell with 0 adds exactly 0. Null: all are known.</param>
    /// <returns>A scalar that carries gradients (one value per cell where the loss's reduction is none); the caller owns it.</returns>
    Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null);
}
