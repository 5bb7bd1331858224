namespace CxrLab.Notebooks.Session;

/// <summary>A cell that can't be run at all, for a reason that the compiler doesn't know.</summary>
internal sealed class CellException(string name, string message, CellCode cell, int line) : Exception(message)
{
    /// <summary>The error's name as the notebook shows it.</summary>
    public string Name { get; } = name;

    public CellFailure ToFailure() => new(Name, Message, [$"{cell.Name}, line {line}: {Name}: {Message}"]);
}
