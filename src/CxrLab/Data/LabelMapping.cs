namespace CxrLab.Data;

/// <summary>How a label of one set stands to a label of another.</summary>
public enum LabelRelation
{
    /// <summary>Both mean the same: every state carries over.</summary>
    Equal,

    /// <summary>The source is a kind of the target: its presence carries over; its absence counts only together with that of all other mapped labels.</summary>
    Narrower,

    /// <summary>The source holds more than the target: only its absence carries over.</summary>
    Broader,

    /// <summary>Nothing carries over; the line is there for its reason.</summary>
    NotComparable,
}

/// <summary>One line of the crosswalk.</summary>
/// <param name="FromSet">Label set of the source, such as <c>nih</c>.</param>
/// <param name="FromLabel">A label of it.</param>
/// <param name="ToSet">Label set of the target.</param>
/// <param name="ToLabel">A label of it; blank where there is nothing to compare with.</param>
/// <param name="Relation">What carries over.</param>
/// <param name="Reason">Why.</param>
public sealed record LabelMapping(string FromSet, string FromLabel, string ToSet, string ToLabel, LabelRelation Relation, string Reason)
{
    /// <summary>The same relation, seen from the other label.</summary>
    public LabelMapping TurnedRound() => new(ToSet, ToLabel, FromSet, FromLabel, Relation switch
    {
        LabelRelation.Narrower => LabelRelation.Broader,
        LabelRelation.Broader => LabelRelation.Narrower,
        _ => Relation,
    }, Reason);

    /// <summary>What the source's state says about the target.</summary>
    public LabelState Carry(LabelState state) => Relation switch
    {
        LabelRelation.Equal or LabelRelation.Narrower => state,
        // A lesion may be a mass or a nodule, but where there is no lesion there is no mass.
        LabelRelation.Broader when state == LabelState.Negative => LabelState.Negative,
        _ => LabelState.Missing,
    };
}
