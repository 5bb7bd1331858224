using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Running;

/// <summary>Hears of a run as it goes on.</summary>
internal interface IRunWatcher
{
    void NotebookStarted(Notebook notebook);

    void CellStarted(NotebookCell cell, int index, int total);

    /// <summary>Comes a few times per second while a cell runs.</summary>
    void Waiting();

    /// <param name="seconds">The cell's running time.</param>
    /// <param name="failure">Why the notebook ends here, or null.</param>
    void CellEnded(double seconds, string? failure);

    /// <param name="outcome">The verdict.</param>
    /// <param name="savedTo">Where the result is, or null if it was kept nowhere.</param>
    void NotebookEnded(RunOutcome outcome, string? savedTo);
}
