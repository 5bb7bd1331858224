using static TorchSharp.torch;

namespace CxrLab.Losses;

internal static class Ranks
{
    /// <exception cref="ArgumentException">A number isn't 0, 1, … or <paramref name="levels"/> - 1.</exception>
    internal static void Require(Tensor ranks, int levels)
    {
        Tensor top = Number.Like(ranks, levels - 1);
        if ((ranks.lt(zeros_like(ranks)) | ranks.gt(top) | ranks.ne(ranks.round())).any().item<bool>())
            throw new ArgumentException($"An ordinal target must be a whole number from 0 to {levels - 1}; found {ranks.min().to_type(ScalarType.Float64).item<double>()} … {ranks.max().to_type(ScalarType.Float64).item<double>()}.", nameof(ranks));
    }
}
