using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Running;

/// <summary>Runs one notebook in a child process and fills in its outputs.</summary>
/// <param name="report">Receives a line per finished cell.</param>
internal sealed class NotebookRunner(Action<string> report)
{
    internal NotebookResult Run(Notebook notebook, string name, double? timeoutSeconds, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        Budget budget = Budget.Of(notebook);
        Dictionary<int, NotebookCell> cells = notebook.CodeCells.ToDictionary(cell => cell.Number);
        foreach (NotebookCell cell in notebook.Cells.Where(cell => cell.Kind == "code")) cell.SetResult(null, []);
        var task = new ChildTask(notebook.Folder, [.. cells.Values.Select(cell => new ChildCell(cell.Number, cell.Source, cell.Language, cell.HasTag("raises-exception")))]);
        int running = 0, done = 0;
        double started = 0, peak = 0;
        string? problem = null;
        var outputs = new JsonArray();

        string? fate = ChildProcess.Run(task, budget.HardLimit(timeoutSeconds), message =>
        {
            switch (message.Kind)
            {
                case "start":
                    (running, started, outputs) = (message.Cell, clock.Elapsed.TotalSeconds, []);
                    cells[running].SetResult(running, outputs);
                    break;
                case "output":
                    Append(outputs, message.Output!);
                    break;
                case "end":
                    (running, peak, problem) = (0, message.PeakMegabytes, message.Error is null ? null : $"cell {message.Cell}: {message.Error}");
                    done++;
                    report(string.Create(CultureInfo.InvariantCulture, $"  [{message.Cell}/{cells.Count}] {clock.Elapsed.TotalSeconds - started,6:F1} s  {FirstLine(cells[message.Cell].Source)}{(problem is null ? "" : "  FAILED")}"));
                    break;
            }
        }, cancellation);

        if (fate is not null)
        {
            problem = running > 0 ? $"cell {running}: {fate} while running it" : fate;
            if (running > 0) Append(outputs, Formatting.OutputJson.Error(new Session.CellFailure("ProcessEnded", fate, [$"Cell {running}: {fate}"])));
        }

        problem ??= budget.Exceeded(clock.Elapsed.TotalSeconds, peak);
        return new NotebookResult(name, done, cells.Count, clock.Elapsed.TotalSeconds, peak, problem);
    }

    /// <summary>Lines printed one after the other become one output, as in Jupyter.</summary>
    private static void Append(JsonArray outputs, JsonObject made)
    {
        if (NotebookCell.Text(made["output_type"]) == "stream" && outputs.LastOrDefault() is JsonObject last
            && NotebookCell.Text(last["output_type"]) == "stream" && NotebookCell.Text(last["name"]) == NotebookCell.Text(made["name"]))
            last["text"] = MultiLine.ToJson(MultiLine.FromJson(last["text"]) + MultiLine.FromJson(made["text"]));
        else
            outputs.Add((JsonNode)made);
    }

    private static string FirstLine(string source)
    {
        string line = source.Split('\n').Select(text => text.Trim()).FirstOrDefault(text => text.Length > 0) ?? "";
        return line.Length > 70 ? line[..69] + "…" : line;
    }
}
