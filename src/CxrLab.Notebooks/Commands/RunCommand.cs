using System.CommandLine;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Running;
using Spectre.Console;

namespace CxrLab.Notebooks.Commands;

/// <summary><c>cxrnb run</c>: executes notebooks one after the other and says how each ended.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var timeout = new Option<double?>("--timeout") { Description = "Seconds after which a notebook is ended; replaces its own budget of minutes.", HelpName = "S" };
        timeout.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double?>() is not > 0) result.AddError("--timeout needs a positive number of seconds.");
        });
        var keepGoing = new Option<bool>("--keep-going") { Description = "Go on with the next notebook after one that failed." };
        var inPlace = new Option<bool>("--in-place") { Description = "Write results back into the notebooks that passed." };
        var output = new Option<string?>("--output")
        {
            Description = $"Folder for executed copies. Without it and without --in-place: {Destination.DefaultFolder} below the current folder.",
            HelpName = "DIR",
        };
        var param = new Option<string[]>("--param") { Description = "Replace the value of a variable in the cell tagged 'parameters'; may be repeated.", HelpName = "k=v" };
        var junit = new Option<string?>("--junit") { Description = "Write a report in JUnit's XML, which build servers read: a case per cell.", HelpName = "FILE" };
        Argument<string[]> paths = Shared.Paths();
        var command = new Command("run", "Executes notebooks, each in a fresh process. Exit code 0: all passed, 1: one failed, 2: bad usage.")
        {
            paths, timeout, keepGoing, inPlace, output, param, junit,
        };
        command.SetAction((result, cancel) => Shared.Guard(() => Run(
            NotebookPaths.Find(result.GetValue(paths)!),
            new Settings(
                result.GetValue(timeout) is double seconds ? TimeSpan.FromSeconds(seconds) : null,
                result.GetValue(keepGoing),
                Destination.From(result.GetValue(inPlace), result.GetValue(output)),
                Shared.KeyValues(result.GetValue(param) ?? []),
                result.GetValue(junit)),
            cancel)));
        return command;
    }

    private sealed record Settings(TimeSpan? Timeout, bool KeepGoing, Destination Destination, IReadOnlyDictionary<string, string> Parameters, string? JUnit);

    private static async Task<int> Run(IReadOnlyList<NotebookPaths.Found> found, Settings settings, CancellationToken cancel)
    {
        if (settings.Destination.InPlace && settings.Parameters.Count > 0)
            throw new BadNotebookException("--param changes what the cells say; use --output, so that the notebooks themselves stay as they are.");
        settings.Destination.Check(found);
        // Everything that can be refused is refused before anything runs.
        var work = found.Select(item => (Found: item, Notebook: NotebookFile.Read(item.Path))).ToList();
        IReadOnlyList<string> notes = Parameters.Apply([.. work.Select(item => item.Notebook)], settings.Parameters);
        var budgets = work.Select(item => Budget.Of(item.Notebook, settings.Timeout)).ToList();

        IAnsiConsole ansi = Shared.Console();
        var console = new RunConsole(ansi);
        if (settings.Destination.Folder is string folder) ansi.WriteLine($"executed copies go to {folder}");
        foreach (string note in notes) ansi.WriteLine(note);
        var outcomes = new List<RunOutcome>();
        foreach (((NotebookPaths.Found item, Notebook notebook), Budget budget) in work.Zip(budgets))
        {
            if (!settings.KeepGoing && outcomes.Any(outcome => outcome.Verdict == Verdict.Failed))
            {
                outcomes.Add(RunOutcome.NotRun(item.Relative, notebook));
                continue;
            }
            RunOutcome outcome = await new NotebookRunner(notebook, budget, console).Run(cancel) with { Name = item.Relative };
            console.NotebookEnded(outcome, settings.Destination.Save(notebook, item, outcome.Verdict));
            outcomes.Add(outcome);
        }
        console.Table(outcomes);
        if (settings.JUnit is string report) WholeFile.Write(report, JUnitReport.Of(outcomes));
        return outcomes.All(outcome => outcome.Verdict == Verdict.Passed) ? 0 : 1;
    }
}
