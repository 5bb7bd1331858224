using CxrLab.Imaging;
using CxrLab.Phantom;

namespace CxrLab.Tests.Phantom;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch() => Directory.CreateDirectory(Parent);

    public string Parent { get; } = Path.Combine(Path.GetTempPath(), $"cxrlab-phantom-{Guid.NewGuid():N}");

    public string Target => Path.Combine(Parent, "nih");

    public void Dispose() => Directory.Delete(Parent, recursive: true);
}

internal static class PhantomTestTools
{
    public static PhantomCase Case(int patient, View view, params PlannedFinding[] findings) =>
        new(7, patient, 0, 40 + patient, patient % 2 == 0 ? Sex.Female : Sex.Male, view, findings);

    public static string[] Lines(string root, string name) => File.ReadAllText(Path.Combine(root, name)).TrimEnd('\n').Split('\n');

    /// <summary>Relative paths of all files, in order.</summary>
    public static string[] Files(string root) =>
        [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f)).Order(StringComparer.Ordinal)];

    /// <summary>Pixels of a picture, text of anything else.</summary>
    public static string Content(string path) => Path.GetExtension(path) == ".png"
        ? Convert.ToHexString([.. Levels(GrayImage.Read(path))])
        : File.ReadAllText(path);

    public static IEnumerable<byte> Levels(GrayImage image) => image.Pixels.ToArray().Select(p => (byte)MathF.Round(255 * p));
}
