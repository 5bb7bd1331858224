using System.IO.Compression;
using CxrLab.Imaging;

namespace CxrLab.Phantom;

/// <summary>
/// Compares two folders by what their files say: pictures by their pixels, gzipped tables by their text, all else byte by byte. Two versions
/// of an image library may pack the same pixels into other bytes.
/// </summary>
public static class FolderComparison
{
    /// <summary>One line per file that is missing, too many or different, at most <paramref name="most"/>; empty where both say the same.</summary>
    /// <param name="expected">The folder to go by.</param>
    /// <param name="actual">The folder to check.</param>
    /// <param name="most">Where to stop.</param>
    public static IReadOnlyList<string> Differences(string expected, string actual, int most = 20)
    {
        string[] here = Files(expected), there = Files(actual);
        IEnumerable<string> lines =
        [
            .. here.Except(there, StringComparer.Ordinal).Select(file => $"{file} is missing"),
            .. there.Except(here, StringComparer.Ordinal).Select(file => $"{file} is too many"),
        ];
        return [.. lines.Concat(here.Intersect(there, StringComparer.Ordinal).Where(file => !SameContent(Path.Combine(expected, file), Path.Combine(actual, file))).Select(file => $"{file} differs")).Take(most)];
    }

    private static string[] Files(string root) => Directory.Exists(root)
        ? [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)]
        : [];

    private static bool SameContent(string one, string other)
    {
        byte[] a = File.ReadAllBytes(one), b = File.ReadAllBytes(other);
        if (a.AsSpan().SequenceEqual(b)) return true;
        return Path.GetExtension(one) switch
        {
            ".png" or ".jpg" => SamePixels(GrayImage.Decode(a, one), GrayImage.Decode(b, other)),
            ".gz" => Unpacked(a).AsSpan().SequenceEqual(Unpacked(b)),
            _ => false,
        };
    }

    private static bool SamePixels(GrayImage a, GrayImage b) => a.Height == b.Height && a.Width == b.Width && a.BitDepth == b.BitDepth && a.Pixels.SequenceEqual(b.Pixels);

    private static byte[] Unpacked(byte[] packed)
    {
        using var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var all = new MemoryStream();
        zip.CopyTo(all);
        return all.ToArray();
    }
}
