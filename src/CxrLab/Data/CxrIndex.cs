using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace CxrLab.Data;

/// <summary>
/// An immutable table of images with one label set. Every step (filter, relabel, split) gives a new index and adds a note, so
/// that nothing is dropped without being counted.
/// </summary>
public sealed partial class CxrIndex
{
    /// <param name="name">Short name for messages.</param>
    /// <param name="labels">Column k of every record's states belongs to label k.</param>
    /// <param name="records">Distinct image ids.</param>
    /// <param name="notes">What was read, skipped or odd so far.</param>
    /// <exception cref="ArgumentException">A record has another number of labels, or an image id stands twice.</exception>
    public CxrIndex(string name, LabelSet labels, IEnumerable<CxrRecord> records, IEnumerable<string>? notes = null)
    {
        (Name, Labels, Records, Notes) = (name, labels, [.. records], [.. notes ?? []]);
        var seen = new HashSet<(string, string)>(Records.Length);
        foreach (CxrRecord record in Records)
        {
            if (record.Labels.Count != labels.Count)
                throw new ArgumentException($"{record.ImageId} has {record.Labels.Count} label states; the label set of '{name}' has {labels.Count}.", nameof(records));
            if (!seen.Add((record.Source, record.ImageId)))
                throw new ArgumentException($"{record.ImageId} stands twice in '{name}'; an image may be counted once only.", nameof(records));
        }
    }

    private CxrIndex(CxrIndex from, ImmutableArray<CxrRecord> records, string note) =>
        (Name, Labels, Records, Notes) = (from.Name, from.Labels, records, from.Notes.Add(note));

    /// <summary>Short name for messages.</summary>
    public string Name { get; }

    /// <summary>The findings.</summary>
    public LabelSet Labels { get; }

    /// <summary>One record per image, in the table's order.</summary>
    public ImmutableArray<CxrRecord> Records { get; }

    /// <summary>What was read, skipped or odd, step by step.</summary>
    public ImmutableArray<string> Notes { get; }

    /// <summary>Reports of the data set that name no image and so have no record; 0 after any step that chooses among records.</summary>
    public int ReportsWithoutImage { get; init; }

    /// <summary>Number of images.</summary>
    public int Count => Records.Length;

    /// <summary>Number of distinct patients.</summary>
    public int PatientCount => Records.Select(record => record.PatientId).Distinct(StringComparer.Ordinal).Count();

    /// <summary>The records for which <paramref name="keep"/> holds.</summary>
    /// <param name="keep">The condition.</param>
    /// <param name="reason">In words, for the note: "frontal views only".</param>
    public CxrIndex Where(Func<CxrRecord, bool> keep, string reason)
    {
        ImmutableArray<CxrRecord> kept = [.. Records.Where(keep)];
        return new(this, kept, $"kept {Text(kept.Length)} of {Text(Count)} images: {reason}");
    }

    /// <summary>The same images under other labels, matched by name; a label that this index doesn't have is Missing.</summary>
    public CxrIndex Relabel(LabelSet labels)
    {
        int[] from = [.. labels.Select(name => Labels.TryIndexOf(name, out int column) ? column : -1)];
        string[] unknown = [.. labels.Where(name => !Labels.Contains(name))];
        // Rows share few distinct label vectors; keep it so.
        var made = new Dictionary<IReadOnlyList<LabelState>, IReadOnlyList<LabelState>>(ReferenceEqualityComparer.Instance);
        IReadOnlyList<LabelState> Pick(IReadOnlyList<LabelState> states)
        {
            if (!made.TryGetValue(states, out IReadOnlyList<LabelState>? picked))
                made[states] = picked = [.. from.Select(column => column < 0 ? LabelState.Missing : states[column])];
            return picked;
        }

        string note = $"relabelled to {labels.Count} findings" + (unknown.Length > 0 ? $"; missing everywhere: {string.Join(", ", unknown)}" : "");
        return new(Name, labels, Records.Select(record => record with { Labels = Pick(record.Labels) }), Notes.Add(note));
    }

    /// <summary>State of <paramref name="finding"/> on <paramref name="record"/>, which must be of this index.</summary>
    public LabelState State(CxrRecord record, string finding) => record.Labels[Labels.IndexOf(finding)];

    /// <summary>
    /// Only the images that show <paramref name="finding"/> and those on which nothing at all was found; labels shrink to the one
    /// finding. All other images are dropped and counted.
    /// </summary>
    public CxrIndex AgainstNoFinding(string finding)
    {
        int column = Labels.IndexOf(finding);
        return Where(
                record => record.Labels[column] == LabelState.Positive || record.Labels.All(state => state == LabelState.Negative),
                $"{finding} against {Finding.NoFinding}; images with other findings only are left out")
            .Relabel(new LabelSet(finding));
    }

    /// <summary>How often each finding is positive, negative, uncertain and missing.</summary>
    public IReadOnlyList<LabelTotal> Totals()
    {
        var counts = new int[Labels.Count, 4];
        foreach (CxrRecord record in Records)
            for (int k = 0; k < Labels.Count; k++) counts[k, (int)record.Labels[k]]++;
        return [.. Labels.Select((name, k) => new LabelTotal(name,
            counts[k, (int)LabelState.Positive], counts[k, (int)LabelState.Negative], counts[k, (int)LabelState.Uncertain], counts[k, (int)LabelState.Missing]))];
    }

    /// <summary>A readable summary: size, views, label counts, notes.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Name}: {Text(Count)} images of {Text(PatientCount)} patients");
        IEnumerable<string> views = Records.GroupBy(record => record.View).OrderByDescending(group => group.Count()).Select(group => $"{group.Key} {Text(group.Count())}");
        if (Count > 0) text.Append(" (").AppendJoin(", ", views).Append(')');
        foreach (LabelTotal total in Totals().Where(total => total.Positive + total.Uncertain > 0)) text.Append("\n├ ").Append(total);
        string[] never = [.. Totals().Where(total => total.Positive + total.Uncertain == 0).Select(total => total.Finding)];
        if (never.Length > 0) text.Append("\n├ never positive: ").AppendJoin(", ", never);
        int boxes = Records.Sum(record => record.Boxes.Count);
        if (boxes > 0) text.Append(CultureInfo.InvariantCulture, $"\n├ {Text(boxes)} boxes on {Text(Records.Count(record => record.Boxes.Count > 0))} images");
        foreach (string note in Notes) text.Append("\n· ").Append(note);
        return text.ToString();
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
