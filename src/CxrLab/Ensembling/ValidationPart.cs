using CxrLab.Data;

namespace CxrLab.Ensembling;

/// <summary>
/// The members' predictions of validation images with their truth: all that an ensemble may be fitted on. It remembers its patients, and what was
/// fitted on it refuses to predict them.
/// </summary>
public sealed class ValidationPart
{
    private readonly IReadOnlyDictionary<string, IReadOnlyList<LabelState>> states;
    private readonly int[] columns;

    private ValidationPart(Members members, IReadOnlyDictionary<string, IReadOnlyList<LabelState>> states, LabelSet labels)
    {
        if (members.Images.Count == 0) throw new ArgumentException("None of the members' images is in the validation part; predict it with every member first.", nameof(members));
        (Members, this.states) = (members, states);
        if (members.Labels.FirstOrDefault(label => !labels.Contains(label)) is { } unknown) throw new ArgumentException($"The truth has no '{unknown}'; it has {labels}.", nameof(labels));
        columns = [.. members.Labels.Select(label => labels.IndexOf(label))];
        Patients = members.Predictions[0].Patients.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The members, on the validation images alone.</summary>
    public Members Members { get; }

    internal IReadOnlySet<string> Patients { get; }

    /// <summary>Keeps the images of the split's validation part.</summary>
    /// <param name="split">The split with which all members were trained.</param>
    /// <param name="members">Predictions that cover at least some of its validation images.</param>
    /// <exception cref="ArgumentException">No validation image is predicted, or a finding is unknown to the split.</exception>
    public static ValidationPart Of(PatientSplit split, Members members)
    {
        Dictionary<string, IReadOnlyList<LabelState>> states = split.Validation.Records.ToDictionary(record => record.ImageId, record => record.Labels, StringComparer.Ordinal);
        return new ValidationPart(members.Rows(i => states.ContainsKey(members.Images[i])), states, split.Validation.Labels);
    }

    /// <summary>Without a split at hand, as on the command line: the caller vouches that the table holds validation images and no others.</summary>
    /// <param name="truth">Labels of validation images only.</param>
    /// <param name="members">Predictions that cover at least some of them.</param>
    /// <exception cref="ArgumentException">No validation image is predicted, or a finding is unknown to the table.</exception>
    public static ValidationPart OfValidationTable(Truth truth, Members members)
    {
        Dictionary<string, IReadOnlyList<LabelState>> states = truth.Rows.ToDictionary(row => row.Image, row => row.States, StringComparer.Ordinal);
        return new ValidationPart(members.Rows(i => states.ContainsKey(members.Images[i])), states, truth.Labels);
    }

    /// <summary>Rows whose label of finding <paramref name="column"/> is known, and that label.</summary>
    internal (int[] Rows, bool[] Positive) Known(int column)
    {
        int[] rows = [.. Enumerable.Range(0, Members.Images.Count).Where(i => State(i, column) is LabelState.Positive or LabelState.Negative)];
        return (rows, [.. rows.Select(row => State(row, column) == LabelState.Positive)]);
    }

    /// <exception cref="ArgumentException">A patient of this part is among the members'.</exception>
    internal void Refuse(Members members, IReadOnlyList<string> names)
    {
        if (!members.Names.SequenceEqual(names, StringComparer.Ordinal)) throw new ArgumentException($"The ensemble was fitted on [{string.Join(", ", names)}], these members are [{string.Join(", ", members.Names)}].", nameof(members));
        int at = members.Predictions[0].Patients.ToList().FindIndex(Patients.Contains);
        if (at >= 0) throw new ArgumentException($"Patient {members.Predictions[0].Patients[at]} ({members.Images[at]}) is in the validation part on which the weights were fitted; a score on it would be too good.", nameof(members));
    }

    private LabelState State(int row, int column) => states[Members.Images[row]][columns[column]];
}
