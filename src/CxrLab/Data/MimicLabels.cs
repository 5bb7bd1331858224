using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CxrLab.Data;

/// <summary>A label table of MIMIC-CXR-JPG: one row per study.</summary>
internal sealed class MimicLabels
{
    private static readonly IReadOnlyList<LabelState> Nothing = new LabelState[LabelSet.Mimic14.Count];

    private readonly Dictionary<string, Study> studies = new(StringComparer.Ordinal);
    private readonly HashSet<string> unlabelled = new(StringComparer.Ordinal);

    internal MimicLabels(string? file, StringPool pool)
    {
        if (file is null) return;
        Method = new[] { "chexpert", "negbio" }.FirstOrDefault(name => Path.GetFileName(file).Contains(name, StringComparison.Ordinal)) ?? Path.GetFileName(file);
        using CsvTable table = CsvTable.Open(file, pool);
        int patient = table.Column("subject_id"), study = table.Column("study_id");
        var columns = new ReportLabelColumns(table, LabelSet.Mimic14, new LabelVectors());
        while (table.Read())
        {
            if (!studies.TryAdd(table.Text(study), new Study(table.Text(patient), columns.Read())))
                throw table.Error($"study '{table.Text(study)}' stands in the table a second time; remove one of the rows.");
        }
    }

    /// <summary>Which labeler, or null where there is no table.</summary>
    internal string? Method { get; }

    /// <summary>Labelled studies.</summary>
    internal int Count => studies.Count;

    /// <summary>Studies that were asked for and have labels.</summary>
    internal int Used { get; private set; }

    /// <summary>Studies that were asked for and have none.</summary>
    internal int Unlabelled => unlabelled.Count;

    /// <summary>Whether an image of the study was asked for.</summary>
    internal bool WasUsed(string study) => unlabelled.Contains(study) || (studies.TryGetValue(study, out Study found) && found.Used);

    /// <summary>States of a study; all Missing where it has no row.</summary>
    /// <param name="table">At the image's row, for the error.</param>
    /// <param name="study">Study of the image.</param>
    /// <param name="patient">Patient of the image.</param>
    /// <param name="known">Whether the study has a row.</param>
    /// <exception cref="DataFormatException">The label table gives the study to another patient.</exception>
    internal IReadOnlyList<LabelState> Of(CsvTable table, string study, string patient, out bool known)
    {
        ref Study found = ref CollectionsMarshal.GetValueRefOrNullRef(studies, study);
        known = !Unsafe.IsNullRef(ref found);
        if (!known)
        {
            unlabelled.Add(study);
            return Nothing;
        }

        if (found.Patient != patient) throw table.Error($"study '{study}' is of patient {patient} here, but of {found.Patient} in the label table; are they of one release?");
        if (!found.Used) Used++;
        found.Used = true;
        return found.States;
    }

    private record struct Study(string Patient, IReadOnlyList<LabelState> States, bool Used = false);
}
