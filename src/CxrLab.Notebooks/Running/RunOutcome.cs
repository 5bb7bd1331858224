namespace CxrLab.Notebooks.Running;

/// <summary>How one notebook's run ended.</summary>
/// <param name="Name">The notebook.</param>
/// <param name="CellsRun">Cells that ended, well or not.</param>
/// <param name="Cells">Cells with code.</param>
/// <param name="Time">Wall time of its cells; the start of its session, 1 to 2 seconds, isn't in it.</param>
/// <param name="PeakBytes">Highest resident memory of its process.</param>
/// <param name="Verdict">Passed, failed or not run.</param>
/// <param name="Reason">Why it failed; empty otherwise.</param>
internal sealed record RunOutcome(string Name, int CellsRun, int Cells, TimeSpan Time, long PeakBytes, Verdict Verdict, string Reason = "");

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
