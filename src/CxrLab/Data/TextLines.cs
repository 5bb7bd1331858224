using System.IO.Compression;

namespace CxrLab.Data;

/// <summary>Lines of a text file, plain or gzipped, with their numbers from 1; blank lines are passed over.</summary>
internal static class TextLines
{
    private const int LongestLine = 4096; // the published lists stay below 200

    /// <exception cref="DataFormatException">The file is missing, damaged or no text.</exception>
    internal static IEnumerable<(int Line, string Text)> Read(string file)
    {
        if (!File.Exists(file)) throw new DataFormatException(file, null, "there is no such list; check the folder that you named as the data set's root.");
        using Stream stream = File.OpenRead(file);
        using Stream plain = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(plain);
        for (int line = 1; Next(reader, file, line) is { } text; line++)
        {
            if (text.Length > LongestLine || text.Contains('\0', StringComparison.Ordinal)) throw new DataFormatException(file, line, "this is no line of text; is the file what its name says?");
            if (!string.IsNullOrWhiteSpace(text)) yield return (line, text);
        }
    }

    private static string? Next(StreamReader reader, string file, int line)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new DataFormatException(file, line, $"the list breaks off or is damaged here ({error.Message}); fetch it again.", error);
        }
    }
}
