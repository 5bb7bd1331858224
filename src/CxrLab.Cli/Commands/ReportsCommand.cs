using System.CommandLine;
using System.Globalization;
using CxrLab.Metrics;
using CxrLab.Reports;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab reports</c>: from report text to labels, and how good they are.</summary>
internal static class ReportsCommand
{
    private const string Normal = "normal";

    internal static Command Create() => new("reports", "Label radiology reports by readable rules, and score labels.") { Label(), Score() };

    private static Command Label()
    {
        var input = new Argument<string>("in") { Description = "Table of reports (id, findings, impression; or one column of text), plain or .gz, or a folder of Open-I XML files." };
        var output = new Argument<string>("out") { Description = "OUT.csv: id, one column per label (1 positive, 0 negative, -1 uncertain, blank not mentioned), normal." };
        var scheme = new Option<string>("--scheme") { Description = "chexpert (14 labels from the impression) or nih (14 findings from findings and impression).", DefaultValueFactory = _ => LabelScheme.CheXpert.Name };
        scheme.AcceptOnlyFromAmong([.. LabelScheme.All.Select(known => known.Name)]);
        var column = new Option<string?>("--column") { Description = "The column that holds the report, where its name doesn't tell." };
        var explain = new Option<bool>("--explain") { Description = "Also write OUT.explain.csv: every mention, its place in the text, and the rule that decided." };
        var json = new Option<bool>("--json") { Description = "Print the counts as JSON." };
        var command = new Command("label", "Give every report its labels. Rows are read one by one, so the table may be of any length.") { input, output, scheme, column, explain, json };
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            string path = parsed.GetRequiredValue(output);
            var job = new ReportLabelJob(parsed.GetRequiredValue(input), path, LabelScheme.ByName(parsed.GetRequiredValue(scheme)), parsed.GetValue(column),
                parsed.GetValue(explain) ? Path.ChangeExtension(path, ".explain.csv") : null);
            ReportLabelSummary summary = job.Run(cancellation);
            if (parsed.GetValue(json)) Output.Json(summary);
            else summary.Print();
            return CommandLine.Done;
        })));
        return command;
    }

    private static Command Score()
    {
        var predicted = new Argument<string>("pred") { Description = "Labels to be scored, as 'reports label' writes them." };
        var truth = new Argument<string>("truth") { Description = "Reference labels with the same ids; only 1 counts as positive." };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("score", "Precision, recall and F1 per label with intervals, beside calling every report positive. An uncertain label counts as not positive.") { predicted, truth, json };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            (LabelAgreement agreement, int absent) = Compare(parsed.GetRequiredValue(predicted), parsed.GetRequiredValue(truth));
            if (parsed.GetValue(json)) Output.Json(new { agreement.Labels, agreement.Micro, agreement.MacroF1, NotScored = absent });
            else Print(agreement, absent);
            return CommandLine.Done;
        }));
        return command;
    }

    private static (LabelAgreement Agreement, int Absent) Compare(string predictedPath, string truthPath)
    {
        string[] known = [.. LabelScheme.All.SelectMany(scheme => scheme.Labels).Append(Normal).Distinct()];
        LabelTable predicted = LabelTable.Load(predictedPath, known), truth = LabelTable.Load(truthPath, known);
        string[] names = [.. truth.Columns.Where(predicted.Columns.Contains)];
        if (names.Length == 0) throw new DataFormatException(truthPath, 1, $"it shares no label with {predictedPath}; were both made with the same scheme?");
        string[] ids = [.. truth.Rows.Keys.Where(predicted.Rows.ContainsKey)];
        if (ids.Length == 0) throw new DataFormatException(truthPath, null, $"none of its {truth.Rows.Count} ids stands in {predictedPath}.");
        bool[][] Cells(LabelTable table) => [.. ids.Select(id => table.Positive(id, names))];
        return (LabelAgreement.Compute(names, Cells(predicted), Cells(truth)), truth.Rows.Count + predicted.Rows.Count - (2 * ids.Length));
    }

    private static void Print(LabelAgreement agreement, int absent)
    {
        Console.WriteLine($"{"label",-28}{"pos",6}{"precision",11}{"recall",8}  {"F1 [95 %]",-22}  all positive");
        foreach (LabelScore score in agreement.Labels.Append(agreement.Micro))
        {
            string interval = double.IsFinite(score.F1) ? string.Create(CultureInfo.InvariantCulture, $"{score.F1:F3} [{score.Low:F3}, {score.High:F3}]") : "–";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score.Name,-28}{score.Positives,6}{score.Precision,11:F3}{score.Recall,8:F3}  {interval,-22}  {score.BlindF1:F3}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean F1 over labels {agreement.MacroF1:F3}"));
        if (absent > 0) Console.WriteLine($"{absent} reports stand in one table only and were not scored.");
    }
}
