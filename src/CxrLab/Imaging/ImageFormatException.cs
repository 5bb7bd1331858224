namespace CxrLab.Imaging;

/// <summary>An image file can't be read; the message names the file, what was found and what to do.</summary>
public sealed class ImageFormatException : Exception
{
    /// <param name="file">The file, or the name given for bytes in memory.</param>
    /// <param name="problem">What was found and what to do.</param>
    /// <param name="inner">The decoder's own words, if there are any.</param>
    public ImageFormatException(string file, string problem, Exception? inner = null) : base($"{file}: {problem}", inner) => File = file;

    /// <summary>The file.</summary>
    public string File { get; }
}
