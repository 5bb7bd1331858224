namespace CxrLab.Reports;

/// <summary>A radiology report in sections.</summary>
/// <param name="Id">Its name in the table or folder that it came from.</param>
/// <param name="Sections">In the order of the text.</param>
public sealed record Report(string Id, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>A report from one running text, split at its headings (<see cref="SectionSplitter"/>).</summary>
    public static Report FromText(string text, string id = "") => new(id, SectionSplitter.Split(text));

    /// <summary>A report whose findings and impression are known apart; blanks are left out.</summary>
    public static Report FromParts(string? findings, string? impression, string id = "")
    {
        var sections = new List<ReportSection>(2);
        if (!string.IsNullOrWhiteSpace(findings)) sections.Add(new ReportSection(SectionKind.Findings, "findings", findings));
        if (!string.IsNullOrWhiteSpace(impression)) sections.Add(new ReportSection(SectionKind.Impression, "impression", impression));
        return new Report(id, sections);
    }

    /// <summary>
    /// Impression, else findings, else the last paragraph, else nothing: what CheXpert's labeler and MIMIC-CXR read
    /// (Johnson et al., arXiv 1901.07042).
    /// </summary>
    public IReadOnlyList<ReportSection> Conclusion()
    {
        foreach (SectionKind kind in (SectionKind[])[SectionKind.Impression, SectionKind.Findings])
        {
            ReportSection? last = Sections.LastOrDefault(section => section.Kind == kind && section.Text.Trim().Length > 0);
            if (last is not null) return [last];
        }

        ReportSection? body = Sections.LastOrDefault(section => section.Kind == SectionKind.Body && section.Text.Trim().Length > 0);
        return body is null ? [] : [SectionSplitter.LastParagraph(body)];
    }

    /// <summary>All findings and impressions, else the text without a heading: what ChestX-ray14 reads (Wang et al., CVPR 2017).</summary>
    public IReadOnlyList<ReportSection> FindingsAndImpression()
    {
        ReportSection[] named = [.. Sections.Where(section => section.Kind is SectionKind.Findings or SectionKind.Impression && section.Text.Trim().Length > 0)];
        return named.Length > 0 ? named : [.. Sections.Where(section => section.Kind == SectionKind.Body)];
    }
}
