namespace CxrLab.Data;

/// <summary>The lists of one version of a COVIDx set: <c>train_VERSION.txt</c> and its siblings, in <c>labels/</c> or at the root.</summary>
internal static class CovidxFiles
{
    private static readonly string[] Parts = ["train", "val", "test"];

    /// <param name="root">The data set's folder.</param>
    /// <param name="family">How versions begin, such as <c>COVIDx</c>.</param>
    /// <param name="choice">A version, a file, or null for the only version.</param>
    /// <exception cref="DataFormatException">There is none, or several and no choice.</exception>
    internal static IReadOnlyList<string> Choose(string root, string family, string? choice)
    {
        if (choice is not null && File.Exists(Path.Combine(root, choice))) return [Path.Combine(root, choice)];
        var versions = new[] { Path.Combine(root, "labels"), root }.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*_" + family + "*.txt*"))
            .Where(file => Parts.Contains(Part(file)) && (file.EndsWith(".txt", StringComparison.Ordinal) || file.EndsWith(".txt.gz", StringComparison.Ordinal)))
            .GroupBy(Version).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        string found = versions.Count == 0 ? "none" : string.Join(", ", versions.Select(group => group.Key));
        var chosen = choice is null ? versions : [.. versions.Where(group => group.Key == choice)];
        if (chosen.Count == 1) return [.. chosen[0].OrderBy(file => Array.IndexOf(Parts, Part(file)))];
        throw new DataFormatException(root, null, choice is null
            ? $"expected the lists of one version, such as labels/train_{family}….txt; found versions: {found}{(versions.Count > 1 ? "; choose one with --table" : "")}."
            : $"there is no list or version '{choice}' here; found versions: {found}.");
    }

    /// <summary>The part that a list's name begins with.</summary>
    internal static string Part(string file) => Path.GetFileName(file).Split('_')[0];

    private static string Version(string file)
    {
        string name = Path.GetFileName(file);
        return name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..name.IndexOf(".txt", StringComparison.Ordinal)];
    }
}
