namespace CxrLab.Data;

/// <summary>What the RSNA tables say of one image.</summary>
internal sealed class RsnaCase(bool opacity)
{
    /// <summary>Target 1.</summary>
    internal bool Opacity { get; } = opacity;

    /// <summary>The class, or null where it isn't known.</summary>
    internal string? Class { get; set; } = opacity ? LabelSet.Rsna[0] : null;

    internal List<Box> Boxes { get; } = [];

    /// <summary>States of the three classes: without a class table, an image without opacity may be of either other class.</summary>
    internal IReadOnlyList<LabelState> States(LabelVectors vectors)
    {
        Span<LabelState> states = stackalloc LabelState[LabelSet.Rsna.Count];
        states.Fill(Class is null ? LabelState.Missing : LabelState.Negative);
        states[0] = Opacity ? LabelState.Positive : LabelState.Negative;
        if (Class is not null) states[LabelSet.Rsna.IndexOf(Class)] = LabelState.Positive;
        return vectors.Shared(states);
    }
}
