using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using CxrLab.Notebooks.Checking;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Commands;

/// <summary><c>cxrnb check</c>: says what keeps a notebook from being committed.</summary>
internal static class CheckCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        Argument<string[]> paths = Shared.Paths();
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON: [{notebook, findings: [{rule, message, fix, cell, place, id}]}]." };
        var command = new Command("check",
            "Checks lectures: metadata, ids, size, cell length, order of runs, error outputs, scripts, paths of one machine, links, formulas, objectives, exercises. " +
            "Exit code 0: clean, 1: findings, 2: bad usage.")
        {
            paths, json,
        };
        command.SetAction((result, _) => Shared.Guard(() => Task.FromResult(Check(NotebookPaths.Find(result.GetValue(paths)!), result.GetValue(json)))));
        return command;
    }

    private static int Check(IReadOnlyList<NotebookPaths.Found> notebooks, bool json)
    {
        var all = notebooks.Select(item => (item.Path, Findings: Hygiene.Check(NotebookFile.Read(item.Path)))).ToList();
        int failed = all.Count(item => item.Findings.Count > 0);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(all.Select(item => new { notebook = item.Path.Replace('\\', '/'), findings = item.Findings }), Readable));
        }
        else
        {
            foreach ((string path, IReadOnlyList<Finding> findings) in all)
                foreach (Finding finding in findings) Console.WriteLine($"{path}: {finding}".TrimEnd());
            Console.WriteLine($"check: {notebooks.Count - failed} passed, {failed} failed");
        }
        return failed == 0 ? 0 : 1;
    }
}
