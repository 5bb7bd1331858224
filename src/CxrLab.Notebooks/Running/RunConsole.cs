using System.Diagnostics;
using System.Globalization;
using CxrLab.Notebooks.Document;
using Spectre.Console;

namespace CxrLab.Notebooks.Running;

/// <summary>Tells a run on the console: a line per cell, live in a terminal and plain in a log, and a table at the end.</summary>
internal sealed class RunConsole(IAnsiConsole console) : IRunWatcher
{
    /// <summary>Build servers end a job that prints nothing for some minutes.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromMinutes(1);
    private readonly bool live = console.Profile.Capabilities.Ansi && !Console.IsOutputRedirected;
    private readonly Stopwatch clock = new();
    private TimeSpan nextSign;
    private string line = "";

    public void NotebookStarted(Notebook notebook) => console.MarkupLineInterpolated($"[bold]{notebook.Name}[/]");

    public void CellStarted(NotebookCell cell, int index, int total)
    {
        string first = cell.FirstLine;
        int width = Math.Clamp(console.Profile.Width - 30, 10, 60);
        string code = first.Length > width ? first[..(width - 1)] + "…" : first.PadRight(width);
        line = string.Create(CultureInfo.InvariantCulture, $"  {index,3}/{total}  {code}");
        clock.Restart();
        nextSign = SignOfLife;
        Waiting();
    }

    public void Waiting()
    {
        if (live)
        {
            console.Write(new ControlCode($"\r{line} {Seconds(clock.Elapsed.TotalSeconds)} …"));
        }
        else if (clock.Elapsed >= nextSign)
        {
            console.WriteLine($"{line} {Seconds(clock.Elapsed.TotalSeconds)} …");
            nextSign += SignOfLife;
        }
    }

    public void CellEnded(double seconds, string? failure)
    {
        if (live) console.Write(new ControlCode("\r\u001b[2K"));
        console.WriteLine($"{line} {Seconds(seconds)}{(failure is null ? "" : "  failed")}");
    }

    public void NotebookEnded(RunOutcome outcome, string? savedTo)
    {
        if (outcome.Verdict == Verdict.Failed) console.MarkupLineInterpolated($"  [red]{outcome.Reason}[/]");
        console.MarkupLineInterpolated($"  {(savedTo is null ? "not saved" : $"saved to {savedTo}")}");
    }

    public void Table(IReadOnlyList<RunOutcome> outcomes)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("notebook");
        foreach (string header in new[] { "cells", "seconds", "peak MB" }) table.AddColumn(new TableColumn(header).RightAligned());
        table.AddColumn("verdict");
        foreach (RunOutcome outcome in outcomes) table.AddRow([.. Row(outcome).Select(text => new Text(text))]);
        console.Write(table);
        int Count(Verdict verdict) => outcomes.Count(outcome => outcome.Verdict == verdict);
        string skipped = Count(Verdict.NotRun) > 0 ? $", {Count(Verdict.NotRun)} skipped" : "";
        console.WriteLine($"notebooks: {Count(Verdict.Passed)} passed, {Count(Verdict.Failed)} failed{skipped}");
    }

    private static string[] Row(RunOutcome outcome) => outcome.Verdict == Verdict.NotRun
        ? [outcome.Name, $"0/{outcome.Cells}", "", "", "not run"]
        :
        [
            outcome.Name,
            $"{outcome.CellsRun}/{outcome.Cells}",
            outcome.Time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
            (outcome.PeakBytes / 1e6).ToString("0", CultureInfo.InvariantCulture),
            outcome.Verdict == Verdict.Passed ? "passed" : $"failed: {outcome.Reason}",
        ];

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds,7:0.00} s");
}
