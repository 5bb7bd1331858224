namespace CxrLab.Reports;

/// <summary>One section of a report.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Heading">The heading as written, without the colon; empty where there is none.</param>
/// <param name="Text">The section's text, as written.</param>
/// <param name="Start">Position of <paramref name="Text"/> in the whole report, in characters from 0.</param>
public sealed record ReportSection(SectionKind Kind, string Heading, string Text, int Start = 0);
