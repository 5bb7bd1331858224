using CxrLab.Reports;

namespace CxrLab.Cli;

/// <summary>Labels a table or a folder of reports, one at a time.</summary>
internal sealed class ReportLabelJob(string input, string output, LabelScheme scheme, string? column, string? explanations)
{
    private readonly Dictionary<string, int> positives = scheme.Labels.ToDictionary(label => label, _ => 0);
    private int normal, empty;

    internal ReportLabelSummary Run(CancellationToken cancellation)
    {
        var labeler = new ReportLabeler(scheme);
        int count = 0;
        string choice = "";
        if (Directory.Exists(input))
        {
            if (column is not null) throw new UsageException("--column names a column of a table; a folder of XML files has none.");
            IReadOnlyList<string> files = OpenIReports.Files(input);
            choice = "findings and impression of XML reports; their MeSH tags are not read";
            Progress.Run("labelling", share => count = Write(files.Select((file, i) =>
            {
                share((double)i / files.Count);
                return OpenIReports.Read(file);
            })));
        }
        else
        {
            using var table = new ReportTable(input, column);
            choice = table.Choice;
            Progress.Run("labelling", share => count = Write(table.Read().Select(report =>
            {
                share(table.Share);
                return report;
            })));
        }

        return new ReportLabelSummary(scheme.Name, choice, count, empty, normal, positives, output, explanations);

        int Write(IEnumerable<Report> reports) => LabelCsv.Write(reports.Select(report =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Counted(labeler.Label(report));
        }), scheme, output, explanations);
    }

    private LabeledReport Counted(LabeledReport report)
    {
        if (report.Normal is null) empty++;
        if (report.Normal == true) normal++;
        for (int k = 0; k < report.Labels.Count; k++)
            if (report.Labels[k] == LabelState.Positive) positives[scheme.Labels[k]]++;
        return report;
    }
}

/// <summary>What a labelling did.</summary>
internal sealed record ReportLabelSummary(string Scheme, string Read, int Reports, int Empty, int Normal, IReadOnlyDictionary<string, int> Positives, string Output, string? Explanations)
{
    internal void Print()
    {
        Console.WriteLine($"{Reports} reports labelled by the {Scheme} scheme ({Read}).");
        Console.WriteLine($"normal {Normal}; positive: " + string.Join(", ", Positives.Where(pair => pair.Value > 0).OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}")));
        if (Empty > 0) Console.WriteLine($"{Empty} reports have nothing to read; all their cells are blank.");
        Console.WriteLine($"written: {Output}{(Explanations is null ? "" : $" and {Explanations}")}");
    }
}
