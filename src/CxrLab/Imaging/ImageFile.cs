namespace CxrLab.Imaging;

/// <summary>Reads a file's bytes; what can go wrong is a named error.</summary>
internal static class ImageFile
{
    internal static byte[] ReadBytes(string path)
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
