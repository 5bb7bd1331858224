using System.Text.RegularExpressions;

namespace CxrLab.Reports;

/// <summary>
/// Splits a report at its headings: words in capitals and a colon at the start of a line as in MIMIC-CXR
/// (<c>FINDINGS:</c>, <c>REASON FOR EXAM:</c>), and the usual headings in any spelling wherever a sentence may start.
/// </summary>
public static partial class SectionSplitter
{
    /// <summary>The sections in order; text before the first heading is a <see cref="SectionKind.Body"/>.</summary>
    public static IReadOnlyList<ReportSection> Split(string text)
    {
        var sections = new List<ReportSection>();
        int from = 0;
        (SectionKind Kind, string Heading) current = (SectionKind.Body, "");
        foreach (Match match in Heading().Matches(text))
        {
            Group heading = match.Groups[match.Groups["caps"].Success ? "caps" : "known"];
            Close(heading.Index);
            current = (KindOf(heading.Value), heading.Value.Trim());
            from = match.Index + match.Length;
        }

        Close(text.Length);
        return sections;

        void Close(int end)
        {
            if (end > from && !string.IsNullOrWhiteSpace(text[from..end])) sections.Add(new ReportSection(current.Kind, current.Heading, text[from..end], from));
        }
    }

    /// <summary>The last paragraph of a section; in a report without headings it is usually the conclusion.</summary>
    internal static ReportSection LastParagraph(ReportSection section)
    {
        string text = section.Text.TrimEnd();
        Match gap = BlankLine().Matches(text).LastOrDefault() ?? Match.Empty;
        int from = gap.Success ? gap.Index + gap.Length : 0;
        return section with { Text = text[from..], Start = section.Start + from };
    }

    private static SectionKind KindOf(string heading)
    {
        string name = heading.ToUpperInvariant();
        if (name.Contains("IMPRESSION", StringComparison.Ordinal) || name.Contains("CONCLUSION", StringComparison.Ordinal) || name.Contains("OPINION", StringComparison.Ordinal))
            return SectionKind.Impression;
        if (name.Contains("FINDING", StringComparison.Ordinal)) return SectionKind.Findings;
        if (name.Contains("COMPARISON", StringComparison.Ordinal)) return SectionKind.Comparison;
        // "CHEST:", "LUNGS:", "PA AND LATERAL VIEWS:" head what was seen; the rest (indication, technique …) doesn't.
        return Seen().IsMatch(name) ? SectionKind.Findings : SectionKind.Other;
    }

    [GeneratedRegex(@"(?:^|\n)[ \t]*(?<caps>[A-Z][A-Z ()/,'&-]{2,60}?)[ \t]*:|(?:^|[.\n][ \t]*)(?<known>(?i:findings?(?: and impression)?|impressions?|conclusions?|opinion|indications?|comparisons?|techniques?|(?:clinical )?history|clinical (?:information|indication)|reason for exam(?:ination)?|exam(?:ination)?|procedure|recommendations?))[ \t]*:|(?<![A-Za-z])(?<known>FINDINGS?|IMPRESSION|CONCLUSION|COMPARISON|INDICATION|TECHNIQUE|HISTORY)[ \t]*:")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\b(LUNGS?|HEART|PLEURA|BONES?|MEDIASTINUM|VIEWS?|RADIOGRAPHS?|CHEST|REPORT)\b")]
    private static partial Regex Seen();

    [GeneratedRegex(@"\n[ \t]*\n")]
    private static partial Regex BlankLine();
}
