namespace CxrLab.Data;

/// <summary>One list for all rows with equal states: a table of 200,000 rows has a few thousand distinct ones.</summary>
/// <param name="labels">Number of labels, for <see cref="Positive"/>.</param>
internal sealed class LabelVectors(int labels = 0)
{
    private readonly Dictionary<UInt128, IReadOnlyList<LabelState>> known = [];

    /// <param name="states">At most 64 states; copied when they are new.</param>
    internal IReadOnlyList<LabelState> Shared(ReadOnlySpan<LabelState> states)
    {
        UInt128 key = UInt128.Zero; // two bits per state
        foreach (LabelState state in states) key = (key << 2) | (byte)state;
        if (!known.TryGetValue(key, out IReadOnlyList<LabelState>? shared)) known[key] = shared = states.ToArray();
        return shared;
    }

    /// <summary>The list in which the given columns are positive and all others negative.</summary>
    internal IReadOnlyList<LabelState> Positive(params IEnumerable<int> columns)
    {
        var states = new LabelState[labels];
        Array.Fill(states, LabelState.Negative);
        foreach (int column in columns) states[column] = LabelState.Positive;
        return Shared(states);
    }
}
