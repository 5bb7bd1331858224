namespace CxrLab.Notebooks.Document;

/// <summary>The notebooks that a command line's paths stand for.</summary>
internal static class NotebookPaths
{
    /// <param name="Path">The file.</param>
    /// <param name="Relative">Its path below the folder that was named, or its file name: where a copy goes below an output folder.</param>
    internal sealed record Found(string Path, string Relative);

    /// <summary>Files as given, folders searched through in the order of their names; checkpoints and hidden folders are left out.</summary>
    /// <exception cref="BadNotebookException">A path doesn't exist, isn't a notebook, or a folder holds none.</exception>
    public static IReadOnlyList<Found> Find(IEnumerable<string> paths)
    {
        var found = new List<Found>();
        foreach (string path in paths)
        {
            if (Directory.Exists(path)) found.AddRange(InFolder(path));
            else if (!File.Exists(path)) throw new BadNotebookException($"{path}: no such file or folder.");
            else if (!path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
                throw new BadNotebookException($"{path}: this isn't a notebook; a notebook's name ends in .ipynb.");
            else found.Add(new Found(path, Path.GetFileName(path)));
        }
        return [.. found.DistinctBy(item => Path.GetFullPath(item.Path))];
    }

    private static List<Found> InFolder(string folder)
    {
        List<Found> found = [.. Directory.EnumerateFiles(folder, "*.ipynb", SearchOption.AllDirectories)
            .Select(file => new Found(file, Path.GetRelativePath(folder, file)))
            .Where(item => !item.Relative.Split('/', '\\').Any(part => part.StartsWith('.')))
            .OrderBy(item => item.Relative, StringComparer.Ordinal)];
        return found.Count > 0 ? found : throw new BadNotebookException($"{folder}: this folder holds no notebook (*.ipynb).");
    }
}
