namespace CxrLab.Data;

/// <summary>One list for all rows with equal states: a table of 200,000 rows has a few thousand distinct ones.</summary>
internal sealed class LabelVectors
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
}
