namespace CxrLab.Data;

/// <summary>Positive only where all votes are positive: specific. One negative vote makes it Negative.</summary>
public sealed record AllReaders : ILabelConsensus
{
    /// <inheritdoc/>
    public string Name => "all readers";

    /// <inheritdoc/>
    public LabelState Decide(IReadOnlyList<LabelState> votes) =>
        votes.Contains(LabelState.Negative) ? LabelState.Negative
        : votes.Contains(LabelState.Uncertain) ? LabelState.Uncertain
        : votes.Contains(LabelState.Positive) ? LabelState.Positive
        : LabelState.Missing;
}
