using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>Areas of a soft prediction p and a mask g, summed over the known pixels: per image and channel [B, C], or per channel [C].</summary>
/// <param name="Both">Σ p·g.</param>
/// <param name="Predicted">Σ p, or Σ p² in the squared form.</param>
/// <param name="Target">Σ g, or Σ g².</param>
/// <param name="Any">1 where at least one pixel is known, else 0.</param>
public sealed record OverlapSums(Tensor Both, Tensor Predicted, Tensor Target, Tensor Any)
{
    internal static OverlapSums Of(Tensor probabilities, Tensor targets, Tensor known, bool squared, bool batch)
    {
        Tensor p = (probabilities * known).flatten(2), g = (targets * known).flatten(2);                    // [B, C, HW]
        Tensor Sum(Tensor pixels) => batch ? pixels.sum([0, 2]) : pixels.sum([2]);                          // [C] or [B, C]
        // Products instead of powers: a power takes its exponent as a temporary Scalar (see CONTRIBUTING).
        Tensor any = batch ? known.flatten(2).amax([0, 2]) : known.flatten(2).amax([2]);
        return new(Sum(p * g), Sum(squared ? p * p : p), Sum(squared ? g * g : g), any);
    }
}
