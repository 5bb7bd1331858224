namespace CxrLab;

/// <summary>What is known of one finding on one image. Unknown is not negative.</summary>
public enum LabelState : byte
{
    /// <summary>Nothing was said; the cell adds nothing to a loss or a score.</summary>
    Missing,

    /// <summary>Known to be absent.</summary>
    Negative,

    /// <summary>Known to be present.</summary>
    Positive,

    /// <summary>Mentioned with doubt ("may represent"); a label policy decides what it means in training.</summary>
    Uncertain,
}
