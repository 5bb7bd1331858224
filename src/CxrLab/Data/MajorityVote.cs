namespace CxrLab.Data;

/// <summary>More than half of the votes decide; without such a majority the finding is Uncertain. Three readers never tie.</summary>
public sealed record MajorityVote : ILabelConsensus
{
    /// <inheritdoc/>
    public string Name => "majority of readers";

    /// <inheritdoc/>
    public LabelState Decide(IReadOnlyList<LabelState> votes)
    {
        int all = votes.Count(vote => vote != LabelState.Missing);
        if (all == 0) return LabelState.Missing;
        if (2 * votes.Count(vote => vote == LabelState.Positive) > all) return LabelState.Positive;
        return 2 * votes.Count(vote => vote == LabelState.Negative) > all ? LabelState.Negative : LabelState.Uncertain;
    }
}
