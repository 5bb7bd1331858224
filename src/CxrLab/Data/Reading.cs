namespace CxrLab.Data;

/// <summary>One reader's opinion of one image.</summary>
/// <param name="Reader">The reader's name in the data set, such as <c>R9</c>.</param>
/// <param name="Labels">States aligned with the label set of the index.</param>
public sealed record Reading(string Reader, IReadOnlyList<LabelState> Labels);
