namespace CxrLab.Data;

/// <summary>A state counts where all votes agree on it; any disagreement is Uncertain, so that a label policy can leave it out.</summary>
public sealed record UnanimousReaders : ILabelConsensus
{
    /// <inheritdoc/>
    public string Name => "unanimous readers";

    /// <inheritdoc/>
    public LabelState Decide(IReadOnlyList<LabelState> votes)
    {
        LabelState[] different = [.. votes.Where(vote => vote != LabelState.Missing).Distinct()];
        return different.Length switch { 0 => LabelState.Missing, 1 => different[0], _ => LabelState.Uncertain };
    }
}
