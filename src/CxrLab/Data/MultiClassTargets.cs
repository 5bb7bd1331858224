namespace CxrLab.Data;

/// <summary>
/// U-MultiClass of CheXpert (Irvin et al., AAAI 2019): uncertain is a class of its own beside negative and positive. The model gives
/// three logits per finding; at test time the uncertain one is left out.
/// </summary>
public static class MultiClassTargets
{
    /// <summary>The class to learn (0 negative, 1 positive, 2 uncertain) and whether the cell counts (1) or is masked (0).</summary>
    public static (int Class, float Known) Apply(LabelState state) => state switch
    {
        LabelState.Negative => (0, 1),
        LabelState.Positive => (1, 1),
        LabelState.Uncertain => (2, 1),
        _ => (0, 0),
    };

    /// <summary>Probability of positive, p₁ / (p₀ + p₁): the softmax over the first two logits, in which the third has no say.</summary>
    /// <param name="logits">Negative, positive, uncertain.</param>
    public static double Positive(ReadOnlySpan<double> logits) => logits.Length == 3
        ? 1 / (1 + Math.Exp(logits[0] - logits[1])) // p₁ / (p₀ + p₁) with the common factor cancelled: nothing can overflow to NaN
        : throw new ArgumentException($"Expected 3 logits (negative, positive, uncertain), got {logits.Length}.", nameof(logits));
}
