using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Running;

/// <summary>Runs one notebook in a process of its own and writes what comes back into the notebook's tree.</summary>
internal sealed class NotebookRunner(Notebook notebook, Budget budget, IRunWatcher watcher)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);
    private readonly NotebookCell[] cells = [.. notebook.CodeCells];
    private readonly Stopwatch clock = new(); // runs from the moment the session is up: starting it is no cost of the notebook's
    private readonly Dictionary<int, CellOutcome> finished = [];
    private readonly DisplayHandles handles = new();
    private OutputList outputs = new();
    private NotebookCell? current;
    private TimeSpan cellStart;
    private long peakBytes;
    private string? failure;

    /// <exception cref="OperationCanceledException">The user stopped the run; the child has gone.</exception>
    public async Task<RunOutcome> Run(CancellationToken cancel)
    {
        watcher.NotebookStarted(notebook);
        // What an earlier run left must not stand below cells that this run doesn't reach.
        foreach (NotebookCell cell in notebook.Cells.Where(cell => cell.Kind == "code")) cell.SetResult(null, []);
        await using WorkerProcess worker = await WorkerProcess.Start(ToJob());
        await Follow(worker, cancel);
        failure ??= budget.Exceeded(clock.Elapsed, peakBytes);
        return new RunOutcome(notebook.Name, finished.Count, cells.Length, clock.Elapsed, peakBytes,
            failure is null ? Verdict.Passed : Verdict.Failed, failure ?? "")
        {
            CellOutcomes = [.. cells.Select(cell => finished.GetValueOrDefault(cell.Number) ?? new CellOutcome(cell.Number, cell.FirstLine))],
        };
    }

    private Job ToJob() => new(notebook.Folder,
        [.. cells.Select(cell => new JobCell(new CellCode(cell.Number, cell.Source, cell.Language), cell.HasTag("raises-exception")))]);

    private async Task Follow(WorkerProcess worker, CancellationToken cancel)
    {
        var start = Stopwatch.StartNew();
        Task<WorkerEvent?> next = worker.Next(cancel);
        while (true)
        {
            if (!next.IsCompleted) await Task.WhenAny(next, Task.Delay(Tick, cancel));
            peakBytes = Math.Max(peakBytes, worker.PeakBytes);
            if (next.IsCompleted)
            {
                if (await next is not WorkerEvent item)
                {
                    await ReportDeath(worker);
                    return;
                }
                if (!Take(item))
                {
                    await worker.Leave();
                    return;
                }
                next = worker.Next(cancel);
            }
            else if (current is not null)
            {
                watcher.Waiting();
            }
            if (Overrun(start.Elapsed) is not string overrun) continue;
            End("Overrun", $"{overrun}; ended", []);
            return;
        }
    }

    /// <summary>Why the run can't go on, or null.</summary>
    private string? Overrun(TimeSpan sinceStart)
    {
        if (!clock.IsRunning && sinceStart > LongestStart) return "the session didn't start within 3 minutes";
        if (budget.Kill is TimeSpan limit && clock.Elapsed > limit)
            return string.Create(CultureInfo.InvariantCulture, $"still running after {limit.TotalSeconds:0.#} s");
        if (peakBytes > budget.KillBytes)
            return string.Create(CultureInfo.InvariantCulture, $"at {peakBytes / 1e6:0} MB, more than twice its memory budget of {budget.MemoryMb:0.#} MB");
        return null;
    }

    /// <returns>False when nothing more will come.</returns>
    private bool Take(WorkerEvent item)
    {
        peakBytes = Math.Max(peakBytes, item.PeakBytes);
        switch (item.Kind)
        {
            case EventKind.Ready:
                clock.Start();
                break;
            case EventKind.CellStarted:
                current = cells[item.Cell - 1];
                cellStart = clock.Elapsed;
                outputs = new OutputList(handles);
                watcher.CellStarted(current, item.Cell, cells.Length);
                break;
            case EventKind.Output:
                outputs.Add(item.Output!);
                break;
            case EventKind.CellEnded:
                failure ??= item.Failure;
                CloseCell(item.Seconds, item.Failure, crashed: false);
                break;
        }
        return item.Kind != EventKind.Finished;
    }

    private void CloseCell(double seconds, string? reason, bool crashed)
    {
        JsonArray made = outputs.ToJson();
        current!.SetResult(current.Number, made);
        string details = reason is null ? "" : string.Join('\n', made.SelectMany(output => output!["traceback"] as JsonArray ?? []).Select(NotebookCell.Text));
        finished[current.Number] = new CellOutcome(current.Number, current.FirstLine, seconds, reason, details, crashed);
        watcher.CellEnded(seconds, reason);
        current = null;
    }

    private async Task ReportDeath(WorkerProcess worker)
    {
        string ending = await worker.Ending();
        var scrubber = new PathScrubber(notebook.Folder);
        End("ProcessEnded", $"the notebook's process ended: {ending}", worker.LastWords.Select(scrubber.Scrub));
    }

    /// <summary>The child can't report its own end; the cell that was running gets the error.</summary>
    private void End(string name, string what, IEnumerable<string> details)
    {
        string place = current is null ? "before the first cell or between cells" : $"Cell {current.Number}";
        failure = $"{place}: {what}";
        if (current is null) return;
        outputs.Add(OutputJson.Error(new CellFailure(name, failure, [failure, .. details])));
        CloseCell((clock.Elapsed - cellStart).TotalSeconds, failure, crashed: true);
    }
}
