using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CxrLab.Losses;

/// <summary>
/// U-MultiClass of CheXpert (Irvin et al., AAAI 2019): cross-entropy over three classes of every finding, 0 negative, 1 positive and 2 uncertain.
/// Predictions [B, 3·K] hold the three logits of the first finding, then those of the second; targets and <c>valid</c> are [B, K].
/// </summary>
public sealed record UncertainMultiClass : ILoss
{
    private const int Classes = 3;

    /// <summary>Mean over the known cells, their sum, or the cells themselves.</summary>
    public nn.Reduction Reduction { get; init; } = nn.Reduction.Mean;

    /// <summary>
    /// One logit per finding, z₁ - z₀: its sigmoid is p₁ / (p₀ + p₁), the softmax in which uncertain has no say. Logits 1, 2, 3 give 0.731.
    /// </summary>
    /// <param name="logits">[B, 3·K].</param>
    /// <returns>[B, K].</returns>
    public static Tensor PositiveLogits(Tensor logits)
    {
        using var scope = NewDisposeScope();
        Tensor classes = Split(logits);                                              // [B, K, 3]
        return (classes.select(-1, 1) - classes.select(-1, 0)).MoveToOuterDisposeScope();
    }

    /// <param name="predictions">Logits [B, 3·K].</param>
    /// <param name="targets">[B, K], each 0, 1 or 2.</param>
    /// <param name="valid">[B, K]; 1 where the class is known.</param>
    /// <exception cref="ArgumentException">The shapes don't fit, or a known target is no class.</exception>
    public Tensor Compute(Tensor predictions, Tensor targets, Tensor? valid = null)
    {
        using var scope = NewDisposeScope();
        Tensor x = Split(predictions);                                               // [B, K, 3]
        var (first, y, known) = MaskedCells.Of(x.select(-1, 0), targets, valid);     // [B, K] each
        Tensor cell = known.to_type(ScalarType.Bool).unsqueeze(-1);                  // [B, K, 1]
        Tensor classes = where(cell, x, zeros_like(x)), index = y.to_type(ScalarType.Int64);
        if ((y.lt(zeros_like(y)) | index.gt(Number.Like(index, Classes - 1)) | y.ne(index.to_type(y.dtype))).any().item<bool>())
            throw new ArgumentException("U-MultiClass needs targets 0 (negative), 1 (positive) or 2 (uncertain); read the labels with LabelPolicy.MultiClass.", nameof(targets));
        Tensor cost = log_softmax(classes, -1).gather(-1, index.unsqueeze(-1)).squeeze(-1).neg() * known; // [B, K]
        return MaskedCells.Reduce(cost, known, Reduction).MoveToOuterDisposeScope();
    }

    private static Tensor Split(Tensor logits) => logits.dim() == 2 && logits.shape[1] % Classes == 0
        ? logits.reshape(logits.shape[0], logits.shape[1] / Classes, Classes)
        : throw new ArgumentException($"U-MultiClass needs logits [B, 3·K], three of each finding; got [{string.Join(", ", logits.shape)}].", nameof(logits));
}
