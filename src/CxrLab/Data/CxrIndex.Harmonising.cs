namespace CxrLab.Data;

public sealed partial class CxrIndex
{
    /// <summary>
    /// The same images under the labels of another data set, through the crosswalk. Where several labels lead to one: positive if
    /// any says positive, else uncertain if any says uncertain, else negative if <em>all</em> say negative, else missing; where one narrower label alone leads to it, its
    /// absence says nothing. A label
    /// to which nothing leads is missing, never negative.
    /// </summary>
    /// <param name="target">Name of the label set to reach: <c>nih</c>, <c>chexpert</c>, …</param>
    /// <param name="crosswalk">Another crosswalk than <see cref="Crosswalk.Default"/>.</param>
    /// <exception cref="ArgumentException">There is no such label set, the index holds several sources, or no line leads from one to the other.</exception>
    public CxrIndex Harmonise(string target, Crosswalk? crosswalk = null)
    {
        if (!KnownLabels.ByName.TryGetValue(target, out LabelSet? labels))
            throw new ArgumentException($"There is no label set '{target}'; there are: {string.Join(", ", KnownLabels.ByName.Keys)}.", nameof(target));
        string[] sources = [.. Records.Select(record => KnownLabels.OfSource(record.Source)).Distinct()];
        if (sources.Length > 1) throw new ArgumentException($"'{Name}' holds {string.Join(", ", sources)}; harmonise each source before merging.", nameof(target));
        if (sources.Length == 0 || sources[0] == target) return Relabel(labels);
        IReadOnlyList<LabelMapping> lines = (crosswalk ?? Crosswalk.Default).Between(sources[0], target);
        if (lines.Count == 0) throw new ArgumentException($"The crosswalk has no line from {sources[0]} to {target}.", nameof(target));
        // [target label] → the lines that lead to it, with the source's column; a column that this index lacks is read as missing.
        (LabelMapping Line, int Column)[][] ways = [.. labels.Select(name => lines
            .Where(line => line.ToLabel == name && line.Relation != LabelRelation.NotComparable)
            .Select(line => (line, Labels.TryIndexOf(line.FromLabel, out int column) ? column : -1)).ToArray())];
        var made = new Dictionary<IReadOnlyList<LabelState>, IReadOnlyList<LabelState>>(ReferenceEqualityComparer.Instance);
        IReadOnlyList<LabelState> Carry(IReadOnlyList<LabelState> states)
        {
            if (!made.TryGetValue(states, out IReadOnlyList<LabelState>? carried))
                made[states] = carried = [.. ways.Select(way => Combine(way is [{ Line.Relation: LabelRelation.Narrower }], [.. way.Select(step => step.Line.Carry(step.Column < 0 ? LabelState.Missing : states[step.Column]))]))];
            return carried;
        }

        string[] never = [.. labels.Where((_, k) => ways[k].Length == 0)];
        string note = $"harmonised from {sources[0]} to {target}" + (never.Length > 0 ? $"; missing everywhere: {string.Join(", ", never)}" : "");
        return new(Name, labels, Records.Select(record => record with
        {
            Labels = Carry(record.Labels),
            Readings = [.. record.Readings.Select(reading => reading with { Labels = Carry(reading.Labels) })],
        }), Notes.Add(note));
    }

    // A single kind of the target, such as thickening for all other pleural disease, can't deny the target by its absence.
    private static LabelState Combine(bool oneKindOnly, LabelState[] states) =>
        states.Contains(LabelState.Positive) ? LabelState.Positive
        : states.Contains(LabelState.Uncertain) ? LabelState.Uncertain
        : !oneKindOnly && states.Length > 0 && states.All(state => state == LabelState.Negative) ? LabelState.Negative
        : LabelState.Missing;
}
