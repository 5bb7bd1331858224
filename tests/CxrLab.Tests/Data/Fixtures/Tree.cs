using System.IO.Compression;
using System.Text;
using CxrLab.Tests.Imaging;

namespace CxrLab.Tests.Data.Fixtures;

/// <summary>A folder that a test fills like a data set's; it goes with the test.</summary>
internal sealed class Tree : IDisposable
{
    internal string Root { get; } = Directory.CreateTempSubdirectory("cxrlab-tree-").FullName;

    internal string At(string name) => Path.Combine(Root, name);

    internal string[] Files => Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();

    /// <summary>Writes a text file, gzipped where the name ends in .gz.</summary>
    internal Tree Text(string name, params string[] lines)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        return Bytes(name, name.EndsWith(".gz", StringComparison.Ordinal) ? Packed(text) : text);
    }

    internal Tree Bytes(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), bytes);
        return this;
    }

    /// <summary>A small PNG of random samples.</summary>
    internal Tree Png(string name, int bits = 8, int type = PngMaker.Grey) => Bytes(name, PngMaker.Make(12, 8, bits, type, PngMaker.Samples(12, 8, bits, type, 3)));

    /// <summary>A small grey JPEG.</summary>
    internal Tree Jpeg(string name) => Bytes(name, GrayImageReadTests.Jpeg(16, 8, 1));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    internal static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    internal static byte[] Unpacked(byte[] bytes)
    {
        using var text = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)) gzip.CopyTo(text);
        return text.ToArray();
    }
}
