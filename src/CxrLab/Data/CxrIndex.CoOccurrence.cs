namespace CxrLab.Data;

public sealed partial class CxrIndex
{
    /// <summary>
    /// Which findings stand together, as the NIH README prints it: cell [a, b] counts the images on which a and b are both positive,
    /// and the diagonal [a, a] those on which a is the <em>only</em> positive finding, so that rows don't hide how often it is alone.
    /// </summary>
    /// <returns>[K, K] in the order of <see cref="Labels"/>, symmetric.</returns>
    public int[,] CoOccurrence()
    {
        var counts = new int[Labels.Count, Labels.Count];
        // Rows share few distinct label vectors: count each vector's rows, then its pairs once.
        var rows = new Dictionary<IReadOnlyList<LabelState>, int>(ReferenceEqualityComparer.Instance);
        foreach (CxrRecord record in Records) rows[record.Labels] = rows.GetValueOrDefault(record.Labels) + 1;
        foreach ((IReadOnlyList<LabelState> states, int images) in rows)
        {
            int[] shown = [.. Enumerable.Range(0, states.Count).Where(k => states[k] == LabelState.Positive)];
            foreach (int a in shown)
                foreach (int b in shown)
                    if (a != b || shown.Length == 1) counts[a, b] += images;
        }

        return counts;
    }
}
