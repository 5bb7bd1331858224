namespace CxrLab.Data;

/// <summary>One positive vote is enough: sensitive. Negative only where nobody doubts either.</summary>
public sealed record AnyReader : ILabelConsensus
{
    /// <inheritdoc/>
    public string Name => "any reader";

    /// <inheritdoc/>
    public LabelState Decide(IReadOnlyList<LabelState> votes) =>
        votes.Contains(LabelState.Positive) ? LabelState.Positive
        : votes.Contains(LabelState.Uncertain) ? LabelState.Uncertain
        : votes.Contains(LabelState.Negative) ? LabelState.Negative
        : LabelState.Missing;
}
