namespace CxrLab.Data;

public sealed partial class CxrIndex
{
    /// <summary>
    /// One index of several, all under one label set. Every record keeps its <see cref="CxrRecord.Source"/>. Patient ids become
    /// <c>source:id</c>, so that patient 1 of two hospitals stays two people and <see cref="PatientSplit"/> keeps its promise. ChestX-ray8
    /// and ChestX-ray14 number the same people, so both take <c>nih:</c>; the lung-mask folder holds Montgomery's and Shenzhen's people and
    /// takes their names. RSNA's images are NIH's too, and COVIDx took images of RSNA, but the tables don't say whose: no split of
    /// such sets together is safe, and a note says so.
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
        notes.AddRange(SharedPeople.Where(pair => sources.Contains(pair.One) && sources.Contains(pair.Other))
            .Select(pair => $"warning: {pair.One} and {pair.Other} share images under other names; their patients are shared and no split can see it"));
        int doubled = records.GroupBy(record => (record.PatientId, record.ImageId)).Count(group => group.Count() > 1);
        if (doubled > 0) notes.Add($"warning: {Text(doubled)} images of one patient stand in more than one source");
        return new CxrIndex(name, indexes[0].Labels, records, notes);
    }

    private static readonly (string One, string Other)[] SharedPeople =
        [("rsna", "nih"), ("rsna", "nih8"), ("covidx", "rsna"), ("covidx", "nih"), ("covidx", "nih8"), ("covidx", "covidx-s")];

    // Idempotent: merging a merged index again changes no id.
    private static string PatientKey(CxrRecord record)
    {
        string home = record.Source switch
        {
            "nih8" => "nih:",
            "lungs" => record.ImageId.StartsWith("MCU", StringComparison.Ordinal) ? "montgomery:" : "shenzhen:",
            _ => record.Source + ":",
        };
        return record.PatientId.StartsWith(home, StringComparison.Ordinal) ? record.PatientId : home + record.PatientId;
    }
}
