namespace CxrLab.Data;

/// <summary>How a label state that isn't plainly yes or no enters a loss.</summary>
public enum LabelTreatment
{
    /// <summary>The cell is masked: it adds exactly 0.</summary>
    Ignore,

    /// <summary>The cell counts as negative.</summary>
    AsNegative,

    /// <summary>The cell counts as positive.</summary>
    AsPositive,

    /// <summary>The cell is of a class of its own, target 2; only <c>u-multiclass</c> learns that.</summary>
    AsOwnClass,
}

/// <summary>
/// What Uncertain and Missing mean in training: the U-Ignore, U-Zeros and U-Ones of CheXpert (Irvin et al., AAAI 2019), and an
/// explicit choice for Missing, which that paper leaves open.
/// </summary>
/// <param name="Uncertain">Treatment of <see cref="LabelState.Uncertain"/>.</param>
/// <param name="Missing">Treatment of <see cref="LabelState.Missing"/>.</param>
public sealed record LabelPolicy(LabelTreatment Uncertain = LabelTreatment.Ignore, LabelTreatment Missing = LabelTreatment.Ignore)
{
    /// <summary>Unknown is not negative: both are masked.</summary>
    public static LabelPolicy Ignore { get; } = new();

    /// <summary>Uncertain counts as negative, missing is masked.</summary>
    public static LabelPolicy Zeros { get; } = new(LabelTreatment.AsNegative);

    /// <summary>Uncertain counts as positive, missing is masked.</summary>
    public static LabelPolicy Ones { get; } = new(LabelTreatment.AsPositive);

    /// <summary>Uncertain is a class of its own (see <see cref="MultiClassTargets"/>), missing is masked.</summary>
    public static LabelPolicy MultiClass { get; } = new(LabelTreatment.AsOwnClass);

    /// <summary>Target in {0, 1} (2 for a class of its own) and whether the cell is known (1) or masked (0).</summary>
    public (float Target, float Known) Apply(LabelState state) => state switch
    {
        LabelState.Positive => (1, 1),
        LabelState.Negative => (0, 1),
        LabelState.Uncertain => Treat(Uncertain),
        _ => Treat(Missing),
    };

    private static (float, float) Treat(LabelTreatment treatment) => treatment switch
    {
        LabelTreatment.AsPositive => (1, 1),
        LabelTreatment.AsNegative => (0, 1),
        LabelTreatment.AsOwnClass => MultiClassTargets.Apply(LabelState.Uncertain),
        _ => (0, 0),
    };
}
