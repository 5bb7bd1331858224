namespace CxrLab.Reports;

/// <summary>A phrase that changes what the mentions around it mean.</summary>
/// <param name="Stage">The question it answers.</param>
/// <param name="Reach">Where the mentions stand.</param>
/// <param name="Pattern">The phrase, as written in <c>rules.txt</c>.</param>
public sealed record ContextRule(Stage Stage, Reach Reach, string Pattern)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Stage}, {Reach}: {Pattern}";
}

/// <summary>How far a rule reaches from its phrase. No rule crosses a full stop, a semicolon, a dash or a turn such as "but".</summary>
public enum Reach
{
    /// <summary>Forward over a whole list: "no A, B or C".</summary>
    ForwardList,

    /// <summary>Forward to the first comma or "and": "possible A, and B".</summary>
    ForwardPhrase,

    /// <summary>Backward over a list: "A, B and C are not seen".</summary>
    Backward,

    /// <summary>To the neighbours on both sides: "A versus B".</summary>
    Neighbours,
}
