using System.ComponentModel;

namespace CxrLab.Notebooks;

/// <summary>Asked in every loop of a cell that can be interrupted. The host writes the question into the cell's code; nobody else needs it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellStop
{
    private static volatile bool isRequested;

    /// <summary>Ends the cell if it was interrupted.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    public static void Check()
    {
        if (isRequested) Leave();
    }

    internal static void CellStarts() => isRequested = false;

    internal static void Request() => isRequested = true;

    private static void Leave() => throw new OperationCanceledException("The cell was interrupted.");
}
