namespace CxrLab.Tests.Data.Fixtures;

/// <summary>Writes files of a miniature data set.</summary>
internal static class FixtureFile
{
    /// <summary>Writes text, making the folders above it.</summary>
    internal static void Text(string root, string path, string text)
    {
        string file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Makes files that stand for images; readers never open them.</summary>
    internal static void Images(string root, params string[] paths)
    {
        foreach (string path in paths) Text(root, path, "image");
    }

    /// <summary>Root of the folder.</summary>
    internal static string Root(this CxrLab.Tests.Models.TempFolder folder) => Path.GetDirectoryName(folder.File("x"))!;
}
