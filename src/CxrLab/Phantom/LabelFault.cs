namespace CxrLab.Phantom;

/// <summary>How a table strays from the truth.</summary>
public enum LabelFaultKind : byte
{
    /// <summary>Says the opposite of the truth.</summary>
    Flipped,

    /// <summary>Says "perhaps"; the report hedges too.</summary>
    Uncertain,

    /// <summary>Says nothing; the report doesn't mention it either.</summary>
    Missing,
}

/// <summary>One planted fault of one image's labels.</summary>
/// <param name="Finding">As in <see cref="Findings.All"/>.</param>
/// <param name="Kind">What is wrong.</param>
public sealed record LabelFault(string Finding, LabelFaultKind Kind)
{
    /// <summary>What the table says of a finding that is or isn't there.</summary>
    public LabelState Of(bool present) => Kind switch
    {
        LabelFaultKind.Uncertain => LabelState.Uncertain,
        LabelFaultKind.Missing => LabelState.Missing,
        _ => present ? LabelState.Negative : LabelState.Positive,
    };
}
