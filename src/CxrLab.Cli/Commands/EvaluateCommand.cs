using System.CommandLine;
using System.Globalization;
using CxrLab.Metrics;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab evaluate</c>: predictions against truth.</summary>
internal static class EvaluateCommand
{
    internal static Command Create()
    {
        var predicted = new Argument<string>("pred") { Description = "PRED.csv: image, patient, one probability column per finding." };
        var known = new Argument<string>("truth") { Description = "TRUTH.csv: image, patient, one column per finding with 1, 0, -1 or nothing; view, age and sex add a blind baseline." };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("evaluate", "AUROC with patient interval, average precision, Brier score and calibration error per finding, beside a blind baseline.") { predicted, known, json };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            Evaluation result = Evaluation.Compute(Predictions.Load(parsed.GetRequiredValue(predicted)), Truth.Load(parsed.GetRequiredValue(known)));
            if (parsed.GetValue(json)) Output.Json(result);
            else Print(result);
            return CommandLine.Done;
        }));
        return command;
    }

    private static void Print(Evaluation result)
    {
        Console.WriteLine($"{"finding",-22}{"n",7}{"pos",6}  {"AUROC [95 %]",-24}{"AP",7}{"Brier",8}{"ECE",7}  blind");
        foreach ((string finding, LabelEvaluation label) in result.Labels)
        {
            string auroc = label.Auroc is null ? "one kind only" : string.Create(CultureInfo.InvariantCulture, $"{label.Auroc:F3} [{label.Low:F3}, {label.High:F3}]");
            string blind = result.Baseline.TryGetValue(finding, out double value) ? value.ToString("F3", CultureInfo.InvariantCulture) : "–";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finding,-22}{label.N,7}{label.Positives,6}  {auroc,-24}{label.AveragePrecision,7:F3}{label.Brier,8:F3}{label.Ece,7:F3}  {blind}"));
        }

        if (result.MacroAuroc is { } macro) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mean AUROC {macro:F3}"));
    }
}
