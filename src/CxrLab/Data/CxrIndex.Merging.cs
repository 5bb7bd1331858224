namespace CxrLab.Data;

public sealed partial class CxrIndex
{
    /// <summary>
    /// One index of several, all under one label set. Every record keeps its <see cref="CxrRecord.Source"/>. Patient ids become
    /// <c>source:id</c>, so that patient 1 of two hospitals stays two people and <see cref="PatientSplit"/> keeps its promise. ChestX-ray8
    /// and ChestX-ray14 number the same people, so both take <c>nih:</c>. RSNA's images are NIH's too, but its table doesn't say whose:
    /// no split of the two together is safe, and a note says so.
    /// </summary>
    /// <param name="name">Name of the result.</param>
    /// <param name="indexes">At least one; see <see cref="Harmonise"/> for different labels.</param>
    /// <exception cref="ArgumentException">There is none, the label sets differ, or an image of one source stands in two.</exception>
    public static CxrIndex Merge(string name, params IReadOnlyList<CxrIndex> indexes)
    {
        if (indexes.Count == 0) throw new ArgumentException("There is nothing to merge.", nameof(indexes));
        if (indexes.FirstOrDefault(index => !index.Labels.Equals(indexes[0].Labels)) is { } other)
            throw new ArgumentException($"'{indexes[0].Name}' has the labels {indexes[0].Labels}, but '{other.Name}' has {other.Labels}; harmonise both to one label set first.", nameof(indexes));
        CxrRecord[] records = [.. indexes.SelectMany(index => index.Records).Select(record => record with { PatientId = PatientKey(record) })];
        List<string> notes = [.. indexes.SelectMany(index => index.Notes.Select(note => $"{index.Name}: {note}"))];
        notes.Add($"merged {string.Join(" + ", indexes.Select(index => $"{index.Name} {Text(index.Count)}"))} images; patient ids are source:id");
        HashSet<string> sources = [.. records.Select(record => record.Source)];
        if (sources.Contains("rsna") && (sources.Contains("nih") || sources.Contains("nih8")))
            notes.Add("warning: RSNA's images are NIH's under other names; patients are shared between the two and no split can see it");
        int doubled = records.GroupBy(record => (record.PatientId, record.ImageId)).Count(group => group.Count() > 1);
        if (doubled > 0) notes.Add($"warning: {Text(doubled)} images of one patient stand in more than one source");
        return new CxrIndex(name, indexes[0].Labels, records, notes);
    }

    // Idempotent: merging a merged index again changes no id.
    private static string PatientKey(CxrRecord record)
    {
        string home = (record.Source == "nih8" ? "nih" : record.Source) + ":";
        return record.PatientId.StartsWith(home, StringComparison.Ordinal) ? record.PatientId : home + record.PatientId;
    }
}
