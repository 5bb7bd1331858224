using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Session;

/// <summary>Runs what <c>#!import</c> names: the C# cells of another notebook, or a file of C#, as if they stood in this notebook.</summary>
/// <param name="folder">The notebook's folder.</param>
internal sealed class CellImports(string folder)
{
    private readonly Stack<string> running = new();

    /// <param name="magic">The import.</param>
    /// <param name="cell">Where it stands.</param>
    /// <param name="run">Runs one part.</param>
    /// <exception cref="CellException">There is no such file, it can't be read, or it imports itself.</exception>
    public void Run(CellMagic magic, CellCode cell, Action<CellCode> run)
    {
        string file = Path.GetFullPath(magic.Argument, running.TryPeek(out string? importing) ? Path.GetDirectoryName(importing)! : folder);
        if (!File.Exists(file))
            throw new CellException("Import", $"There is no '{magic.Argument}' (looked up from the {(importing is null ? "notebook's" : "importing file's")} folder).", cell, magic.Line);
        if (running.Contains(file))
            throw new CellException("Import", $"'{magic.Argument}' imports itself: {string.Join(" → ", running.Reverse().Append(file).Select(Path.GetFileName))}.", cell, magic.Line);
        running.Push(file);
        try
        {
            foreach (CellCode part in Parts(file, magic, cell)) run(part);
        }
        finally
        {
            running.Pop();
        }
    }

    private static IReadOnlyList<CellCode> Parts(string file, CellMagic magic, CellCode cell)
    {
        string name = Path.GetFileName(file);
        string? folder = Path.GetDirectoryName(file);
        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".cs" or ".csx":
                return [new CellCode(0, File.ReadAllText(file)) { Origin = name, Folder = folder }];
            case ".ipynb":
                try
                {
                    return [.. NotebookFile.Read(file).CodeCells.Where(item => new CellCode(0, "", item.Language).IsCSharp)
                        .Select(item => new CellCode(item.Number, item.Source, item.Language) { Origin = name, Folder = folder })];
                }
                catch (BadNotebookException error)
                {
                    throw new CellException("Import", $"'{magic.Argument}' can't be read: {error.Message}", cell, magic.Line);
                }
            default:
                throw new CellException("Import", $"'{magic.Argument}' isn't a notebook (.ipynb) or a C# file (.cs, .csx).", cell, magic.Line);
        }
    }
}
