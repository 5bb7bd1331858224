using CxrLab.Tests.Imaging;

namespace CxrLab.Tests.Data.Fixtures;

/// <summary>Writes files of a miniature data set.</summary>
internal static class FixtureFile
{
    private static readonly byte[] Png = PngMaker.Make(12, 8, 8, PngMaker.Grey, PngMaker.Samples(12, 8, 8, PngMaker.Grey, 3));

    /// <summary>Writes text, making the folders above it.</summary>
    internal static void Text(string root, string path, string text)
    {
        string file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Makes small images; what is neither PNG nor JPEG is a file of bytes, because readers of tables never open it.</summary>
    internal static void Images(string root, params string[] paths)
    {
        foreach (string path in paths)
        {
            Text(root, path, "image");
            if (path.EndsWith(".png", StringComparison.Ordinal)) File.WriteAllBytes(Path.Combine(root, path), Png);
            if (path.EndsWith(".jpg", StringComparison.Ordinal)) File.WriteAllBytes(Path.Combine(root, path), GrayImageReadTests.Jpeg(16, 8, 1));
        }
    }

    /// <summary>Root of the folder.</summary>
    internal static string Root(this CxrLab.Tests.Models.TempFolder folder) => Path.GetDirectoryName(folder.File("x"))!;
}
