namespace CxrLab.Reports;

/// <summary>Something a report may speak of, and the label that it stands for in each scheme.</summary>
/// <param name="Name">As headed in the phrase table, such as <c>pleural effusion</c>.</param>
/// <param name="Labels">Scheme → labels; a label with a question mark becomes uncertain where the concept is positive.</param>
/// <param name="Abnormal">Whether an image that shows it isn't normal.</param>
public sealed record Concept(string Name, IReadOnlyDictionary<string, IReadOnlyList<string>> Labels, bool Abnormal);
