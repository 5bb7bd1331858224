namespace CxrLab.Notebooks.Session;

/// <summary>What a session is asked to run.</summary>
/// <param name="Number">The cell's number in errors; see <see cref="Document.NotebookCell.Number"/>. 0 for a file that has no cells.</param>
/// <param name="Source">Its text, magics and all.</param>
/// <param name="Language">The language its metadata names, or null.</param>
internal sealed record CellCode(int Number, string Source, string? Language = null)
{
    private static readonly string[] CSharpNames = ["csharp", "c#", "C#", "polyglot-notebook", "dotnet-interactive.csharp"];

    /// <summary>The notebook or file that it was imported from, or null.</summary>
    public string? Origin { get; init; }

    /// <summary>The folder of that notebook or file: paths in it are relative to it. Null for the running notebook's.</summary>
    public string? Folder { get; init; }

    /// <summary>The cell's name in errors and in debug information.</summary>
    public string Name => Origin is null ? $"Cell {Number}" : Number == 0 ? Origin : $"{Origin}, cell {Number}";

    /// <summary>The C# of the cell: magics are blanked out, so lines and columns stay.</summary>
    /// <exception cref="CellException">The cell isn't C#, or has an unknown magic.</exception>
    public string CSharp() => Read().Code;

    /// <summary>The C# of the cell, and the magics in it.</summary>
    /// <exception cref="CellException">The cell isn't C#, or has an unknown magic.</exception>
    public (string Code, IReadOnlyList<CellMagic> Magics) Read()
    {
        if (!IsCSharp)
            throw new CellException("CellLanguage", $"This cell's metadata says that it is '{Language}'; only C# runs here. " +
                "Make it a C# cell, or a Markdown cell if it isn't meant to run.", this, line: 1);
        var read = CellMagics.TakeOut(Source.ReplaceLineEndings("\n"));
        foreach (CellMagic magic in read.Magics) magic.Check(this);
        return read;
    }

    /// <summary>Whether its metadata names C#, or no language.</summary>
    public bool IsCSharp => Language is null || CSharpNames.Contains(Language);
}
