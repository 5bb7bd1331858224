using System.IO.Compression;
using System.Text;
using CxrLab.Imaging;

namespace CxrLab.Phantom;

/// <summary>Writes into a folder that is itself moved into place as a whole, so single files need no care of their own.</summary>
internal static class LayoutFile
{
    /// <summary>An image in 8 bits, or in 16 where it was drawn with more.</summary>
    internal static void WritePng(string path, PhantomImage image) => WriteBytes(path, image.Image.ToPng(image.BitDepth == 8 ? 8 : 16));

    internal static void WritePng(string path, GrayImage mask) => WriteBytes(path, mask.ToPng());

    internal static void WriteBytes(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Lines that end in a line feed on every system, UTF-8 without a mark.</summary>
    internal static void WriteLines(string path, IEnumerable<string> lines) => WriteBytes(path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + '\n'))));

    /// <summary>The same, gzipped.</summary>
    internal static void WriteGzippedLines(string path, IEnumerable<string> lines)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zip.Write(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + '\n'))));
        WriteBytes(path, packed.ToArray());
    }
}
