using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Running;

/// <summary>Where results go: back into the notebook (only a run that passed), into a folder of copies, or both.</summary>
/// <param name="InPlace">Whether the notebook itself is replaced.</param>
/// <param name="Folder">Folder of the copies, or null.</param>
internal sealed record Destination(bool InPlace, string? Folder)
{
    /// <summary>Below the current folder, git-ignored in this repository.</summary>
    public static readonly string DefaultFolder = Path.Combine("artifacts", "notebooks");

    public static Destination From(bool inPlace, string? output) => new(inPlace, output ?? (inPlace ? null : DefaultFolder));

    /// <exception cref="BadNotebookException">Two notebooks would be written to one file, or a copy would replace its original.</exception>
    public void Check(IReadOnlyList<NotebookPaths.Found> notebooks)
    {
        if (Folder is null) return;
        foreach (var same in notebooks.GroupBy(item => item.Relative, StringComparer.Ordinal).Where(group => group.Count() > 1))
            throw new BadNotebookException($"{string.Join(" and ", same.Select(item => item.Path))} would both be written to {CopyOf(same.First())}; run them one by one.");
        foreach (NotebookPaths.Found item in notebooks.Where(item => Path.GetFullPath(CopyOf(item)!) == Path.GetFullPath(item.Path)))
            throw new BadNotebookException($"The copy of {item.Path} would replace it; use --in-place for that.");
    }

    /// <returns>The file that holds the result, or null when it is kept nowhere.</returns>
    public string? Save(Notebook notebook, NotebookPaths.Found found, Verdict verdict)
    {
        string? copy = CopyOf(found) ?? (verdict == Verdict.Failed ? PartialOf(found) : null);
        if (copy is not null) NotebookFile.Write(notebook, copy);
        if (!InPlace || verdict != Verdict.Passed) return copy;
        NotebookFile.Write(notebook, notebook.Path);
        return found.Path;
    }

    private string? CopyOf(NotebookPaths.Found found) => Folder is null ? null : Path.Combine(Folder, found.Relative);

    /// <summary>Where a run in place that failed is kept; null when that would be the notebook itself.</summary>
    private static string? PartialOf(NotebookPaths.Found found)
    {
        string partial = Path.Combine(DefaultFolder, found.Relative);
        return Path.GetFullPath(partial) == Path.GetFullPath(found.Path) ? null : partial;
    }
}
