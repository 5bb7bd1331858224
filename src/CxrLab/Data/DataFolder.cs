namespace CxrLab.Data;

/// <summary>Folders of a data set, each listed once: a look at the disk for every row of a table would take minutes.</summary>
internal static class DataFolder
{
    /// <summary>The first of the <paramref name="inner"/> folders that the root has, else the root itself.</summary>
    /// <exception cref="DataFormatException">There is no such folder.</exception>
    internal static string Open(string root, string holds, params string[] inner)
    {
        if (!Directory.Exists(root)) throw new DataFormatException(root, null, $"there is no such folder; name the folder that holds {holds}.");
        return inner.Select(name => Path.Combine(root, name)).FirstOrDefault(Directory.Exists) ?? root;
    }

    /// <summary>File name → path, of the files with one of these extensions in the folders that exist; the first folder wins.</summary>
    internal static Dictionary<string, string> Files(IEnumerable<string> folders, params string[] extensions)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string folder in folders.Where(Directory.Exists))
            foreach (string path in Directory.EnumerateFiles(folder))
                if (extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)) paths.TryAdd(Path.GetFileName(path), path);
        return paths;
    }

    /// <summary>The first of these files, plain or gzipped, or null.</summary>
    internal static string? Find(string root, params string[] names) =>
        names.SelectMany(name => new[] { name, name + ".gz" }).Select(name => Path.Combine(root, name)).FirstOrDefault(File.Exists);

    /// <exception cref="DataFormatException">No record has an image, but images are required.</exception>
    internal static void RequireSome(IReadOnlyCollection<CxrRecord> records, string root, string where)
    {
        if (records.Count == 0) throw new DataFormatException(root, null, $"none of the images that it lists or should hold is here; expected them in {where}, or read without images.");
    }
}
