namespace CxrLab.Notebooks.Running;

/// <summary>How one notebook went.</summary>
/// <param name="Name">As the user named it.</param>
/// <param name="CellsRun">Code cells that ran.</param>
/// <param name="Cells">Code cells that it has.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="PeakMegabytes">Largest memory of its process.</param>
/// <param name="Problem">Why it failed, or null.</param>
internal sealed record NotebookResult(string Name, int CellsRun, int Cells, double Seconds, double PeakMegabytes, string? Problem)
{
    internal bool Passed => Problem is null;
}
