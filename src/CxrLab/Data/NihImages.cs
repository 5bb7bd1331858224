namespace CxrLab.Data;

/// <summary>Finds the images of an NIH folder: one <c>images/</c>, or Kaggle's <c>images_001/images/</c> … <c>images_012/images/</c>.</summary>
internal static class NihImages
{
    /// <summary>File name → path.</summary>
    internal static IReadOnlyDictionary<string, string> Find(string root)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Folders(root).SelectMany(folder => FolderListing.Files(folder, deep: false)))
            if (path.EndsWith(".png", StringComparison.Ordinal)) paths.TryAdd(Path.GetFileName(path), path);
        return paths;
    }

    private static IEnumerable<string> Folders(string root)
    {
        yield return Path.Combine(root, "images");
        foreach (string part in Directory.EnumerateDirectories(root, "images_???").Order(StringComparer.Ordinal))
        {
            yield return Path.Combine(part, "images");
            yield return part;
        }
    }
}
