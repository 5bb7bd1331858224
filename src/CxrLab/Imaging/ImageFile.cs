using System.IO.Compression;

namespace CxrLab.Imaging;

/// <summary>Reads a file's bytes; what can go wrong is a named error.</summary>
internal static class ImageFile
{
    private const int LargestUnpacked = 512 * 1024 * 1024; // more than any file that the pixel limit lets through

    /// <summary>The file's bytes; a gzipped file, as archives keep DICOM (<c>.dcm.gz</c>), is unpacked.</summary>
    /// <exception cref="ImageFormatException">It is missing, can't be read, or its packing is damaged or a bomb.</exception>
    internal static byte[] ReadBytes(string path)
    {
        byte[] bytes = ReadPlain(path);
        return bytes is [0x1f, 0x8b, ..] ? Unpack(bytes, path) : bytes;
    }

    private static byte[] Unpack(byte[] packed, string path)
    {
        try
        {
            using var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var all = new MemoryStream();
            byte[] part = new byte[1 << 16];
            for (int count; (count = zip.Read(part)) > 0; all.Write(part, 0, count))
                if (all.Length + count > LargestUnpacked) throw new ImageFormatException(path, $"it unpacks to more than {LargestUnpacked >> 20} MB, which no image here needs.");
            return all.ToArray();
        }
        catch (InvalidDataException error)
        {
            throw new ImageFormatException(path, $"the gzip packing is damaged ({error.Message}); fetch it again.", error);
        }
    }

    private static byte[] ReadPlain(string path)
    {
        if (Directory.Exists(path)) throw new ImageFormatException(path, "this is a folder; name an image file.");
        if (!File.Exists(path)) throw new ImageFormatException(path, "there is no such file.");
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ImageFormatException(path, $"the file can't be read ({error.Message}).", error);
        }
    }
}
