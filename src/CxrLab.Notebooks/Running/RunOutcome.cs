using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Running;

/// <summary>How one notebook's run ended.</summary>
/// <param name="Name">The notebook's path below the folder that was named.</param>
/// <param name="CellsRun">Cells that ended, well or not.</param>
/// <param name="Cells">Cells with code.</param>
/// <param name="Time">Wall time of its cells; the start of its session, 1 to 2 seconds, isn't in it.</param>
/// <param name="PeakBytes">Highest resident memory of its process.</param>
/// <param name="Verdict">Passed, failed or not run.</param>
/// <param name="Reason">Why it failed; empty otherwise.</param>
internal sealed record RunOutcome(string Name, int CellsRun, int Cells, TimeSpan Time, long PeakBytes, Verdict Verdict, string Reason = "")
{
    /// <summary>Every cell with code, in order; those that the run didn't reach have no seconds.</summary>
    public IReadOnlyList<CellOutcome> CellOutcomes { get; init; } = [];

    /// <summary>The outcome of a notebook that wasn't started.</summary>
    public static RunOutcome NotRun(string name, Notebook notebook)
    {
        CellOutcome[] cells = [.. notebook.CodeCells.Select(cell => new CellOutcome(cell.Number, cell.FirstLine))];
        return new RunOutcome(name, 0, cells.Length, TimeSpan.Zero, 0, Verdict.NotRun) { CellOutcomes = cells };
    }
}

/// <summary>How one cell's run ended.</summary>
/// <param name="Number">The cell's number.</param>
/// <param name="Title">Its first line.</param>
/// <param name="Seconds">Its running time; null when the run didn't reach it.</param>
/// <param name="Failure">Why the notebook ended here, or null.</param>
/// <param name="Details">The error's traceback.</param>
/// <param name="Crashed">It wasn't the cell's code that failed: its process ended, or was ended.</param>
internal sealed record CellOutcome(int Number, string Title, double? Seconds = null, string? Failure = null, string Details = "", bool Crashed = false);

/// <summary>The three ways a notebook can end up in the table.</summary>
internal enum Verdict
{
    /// <summary>Every cell ran and the budget was kept.</summary>
    Passed,

    /// <summary>A cell failed, the process ended, or the budget was exceeded.</summary>
    Failed,

    /// <summary>An earlier notebook failed and <c>--keep-going</c> wasn't given.</summary>
    NotRun,
}
