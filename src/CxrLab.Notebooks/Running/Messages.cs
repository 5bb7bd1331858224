using System.Text.Json.Nodes;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Running;

/// <summary>What the parent sends to the process that runs a notebook: one line of JSON. The pipe then stays open as its lifeline.</summary>
/// <param name="Folder">The notebook's folder.</param>
/// <param name="Cells">The cells to run, in order.</param>
internal sealed record Job(string Folder, IReadOnlyList<JobCell> Cells);

/// <param name="Code">The cell.</param>
/// <param name="MayFail">Tagged <c>raises-exception</c>: an error doesn't end the notebook.</param>
internal sealed record JobCell(CellCode Code, bool MayFail);

/// <summary>What the child reports, one line of JSON each.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Cell">Number of the cell it happened in.</param>
/// <param name="Output">An output object of the notebook format, for <see cref="EventKind.Output"/>.</param>
/// <param name="Seconds">The cell's running time, for <see cref="EventKind.CellEnded"/>.</param>
/// <param name="Failure">Place and message of the error that ended the cell, or null.</param>
/// <param name="PeakBytes">The child's highest resident memory so far.</param>
internal sealed record WorkerEvent(
    EventKind Kind, int Cell = 0, JsonObject? Output = null, double Seconds = 0, string? Failure = null, long PeakBytes = 0);

/// <summary>The child's messages, in the order in which they come.</summary>
internal enum EventKind
{
    /// <summary>The compiler is warm.</summary>
    Ready,

    /// <summary>A cell begins.</summary>
    CellStarted,

    /// <summary>The running cell made an output.</summary>
    Output,

    /// <summary>The cell has ended, well or not.</summary>
    CellEnded,

    /// <summary>All is done; whatever happens to the child after this is no concern of the notebook's.</summary>
    Finished,
}
