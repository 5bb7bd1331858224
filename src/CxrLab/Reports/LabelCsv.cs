using System.Globalization;
using System.Text;

namespace CxrLab.Reports;

/// <summary>Labels as a table: <c>id</c>, one column per label with 1, 0, -1 or nothing, and <c>normal</c> with 1, 0 or nothing.</summary>
public static class LabelCsv
{
    /// <summary>Writes labels while they are made; what stood at <paramref name="path"/> stays until all is written.</summary>
    /// <param name="reports">Labelled reports of one scheme.</param>
    /// <param name="scheme">Their scheme.</param>
    /// <param name="path">The table to write.</param>
    /// <param name="explanations">A second table with every mention and its reason, or null.</param>
    /// <returns>Number of reports.</returns>
    public static int Write(IEnumerable<LabeledReport> reports, LabelScheme scheme, string path, string? explanations = null)
    {
        int count = 0;
        if (explanations is null) AtomicFile.Write(path, stream => count = Write(reports, scheme, stream, null));
        else AtomicFile.Write(path, labels => AtomicFile.Write(explanations, reasons => count = Write(reports, scheme, labels, reasons)));
        return count;
    }

    private static int Write(IEnumerable<LabeledReport> reports, LabelScheme scheme, Stream labels, Stream? reasons)
    {
        using StreamWriter table = Writer(labels);
        using StreamWriter? why = reasons is null ? null : Writer(reasons);
        table.Write("id," + string.Join(',', scheme.Labels.Select(Field)) + ",normal\n");
        why?.Write("id,section,start,length,text,concept,state,rule,rule_start,rule_length\n");
        int count = 0;
        foreach (LabeledReport report in reports)
        {
            count++;
            table.Write(Field(report.Report.Id));
            foreach (LabelState state in report.Labels) table.Write("," + Number(state));
            table.Write(report.Normal switch { true => ",1\n", false => ",0\n", null => ",\n" });
            if (why is not null)
                foreach (Mention mention in report.Mentions) why.Write(Row(report, mention));
        }

        return count;
    }

    private static string Row(LabeledReport report, Mention mention) => string.Create(CultureInfo.InvariantCulture,
        $"{Field(report.Report.Id)},{Field(mention.Section.Heading)},{mention.Start},{mention.Length},{Field(mention.Text)},{Field(mention.Concept.Name)},{Number(mention.State)},{Field(mention.Rule?.ToString() ?? "")},{mention.RuleSpan?.Start},{mention.RuleSpan?.Length}\n");

    private static string Number(LabelState state) => state switch { LabelState.Positive => "1", LabelState.Negative => "0", LabelState.Uncertain => "-1", _ => "" };

    private static string Field(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static StreamWriter Writer(Stream stream) => new(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
}
