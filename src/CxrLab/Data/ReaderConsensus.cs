namespace CxrLab.Data;

/// <summary>Turns what single readers said into one answer per image; the readings themselves stay in the records.</summary>
public static class ReaderConsensus
{
    /// <summary>The index with labels decided anew by <paramref name="rule"/>; records without readings keep theirs.</summary>
    public static CxrIndex WithLabels(this CxrIndex index, ILabelConsensus rule)
    {
        var vectors = new LabelVectors(index.Labels.Count);
        IEnumerable<CxrRecord> records = index.Records.Select(record =>
            record.Readings.Count == 0 ? record : record with { Labels = vectors.Shared(Decide(record.Readings, index.Labels.Count, rule)) });
        return new CxrIndex(index.Name, index.Labels, records, index.Notes.Add($"labels by consensus: {rule.Name}"));
    }

    /// <summary>The index with the readers' boxes fused by <paramref name="method"/>; a fused box names no reader.</summary>
    public static CxrIndex WithBoxes(this CxrIndex index, IBoxFusion method)
    {
        CxrRecord[] records = [.. index.Records.Select(record => record.Boxes.Count == 0 ? record : record with { Boxes = Fuse(record, method) })];
        int before = index.Records.Sum(record => record.Boxes.Count), after = records.Sum(record => record.Boxes.Count);
        return new CxrIndex(index.Name, index.Labels, records, index.Notes.Add(FormattableString.Invariant($"{before:N0} boxes fused to {after:N0}: {method.Name}")));
    }

    internal static LabelState[] Decide(IReadOnlyList<Reading> readings, int labels, ILabelConsensus rule) =>
        [.. Enumerable.Range(0, labels).Select(k => rule.Decide([.. readings.Select(reading => reading.Labels[k])]))];

    private static FindingBox[] Fuse(CxrRecord record, IBoxFusion method)
    {
        ScoredBox[] boxes = [.. record.Boxes.Select(box => new ScoredBox(box.Finding, box.Box))];
        return [.. method.Fuse(boxes, Math.Max(1, record.Readings.Count)).Select(box => new FindingBox(box.Finding, box.Box))];
    }
}
