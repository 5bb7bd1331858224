using System.Globalization;

namespace CxrLab.Data;

/// <summary>Finds PadChest's images in the numbered folders that its archives unpack to, in <c>images/</c>, or flat beside the table.</summary>
internal sealed class PadChestImages
{
    private readonly Dictionary<string, string> paths = new(StringComparer.Ordinal);

    internal PadChestImages(string root)
    {
        string[] folders = [root, Path.Combine(root, "images"),
            .. Directory.EnumerateDirectories(root).Where(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)).Order(StringComparer.Ordinal)];
        foreach (string path in folders.SelectMany(folder => FolderListing.Files(folder, deep: false)))
            if (path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) paths.TryAdd(Path.GetFileName(path), path);
    }

    /// <summary>Files that are there, but empty or cut off.</summary>
    internal int Broken { get; private set; }

    /// <summary>Path of an image that is there and whole, or null.</summary>
    internal string? Whole(string image)
    {
        if (!paths.TryGetValue(image, out string? path)) return null;
        if (PngProbe.IsWhole(path)) return path;
        Broken++;
        return null;
    }
}
