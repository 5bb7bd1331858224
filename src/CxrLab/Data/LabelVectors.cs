namespace CxrLab.Data;

/// <summary>Hands out one vector of states for equal contents: tables of 100,000 rows hold few distinct ones.</summary>
internal sealed class LabelVectors(int labels)
{
    private readonly Dictionary<string, IReadOnlyList<LabelState>> known = new(StringComparer.Ordinal);

    /// <summary>The shared vector equal to <paramref name="states"/>.</summary>
    internal IReadOnlyList<LabelState> Share(IReadOnlyList<LabelState> states)
    {
        string key = string.Create(labels, states, static (text, from) => { for (int k = 0; k < text.Length; k++) text[k] = (char)from[k]; });
        return known.TryGetValue(key, out IReadOnlyList<LabelState>? vector) ? vector : known[key] = [.. states];
    }

    /// <summary>The vector in which the given columns are positive and all others negative.</summary>
    internal IReadOnlyList<LabelState> Positive(params IEnumerable<int> columns)
    {
        var states = new LabelState[labels];
        Array.Fill(states, LabelState.Negative);
        foreach (int column in columns) states[column] = LabelState.Positive;
        return Share(states);
    }
}
