namespace CxrLab;

/// <summary>A table or a folder of a data set isn't as its layout says; the message names file, place, what was found and what to do.</summary>
public sealed class DataFormatException : Exception
{
    private const int Longest = 800;

    /// <param name="file">The offending file or folder.</param>
    /// <param name="line">Line in the file, counted from 1, or null where it doesn't apply.</param>
    /// <param name="problem">What was found, what was expected, and what to do.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public DataFormatException(string file, long? line, string problem, Exception? inner = null)
        : base(line is null ? $"{file}: {Readable(problem)}" : $"{file}, line {line}: {Readable(problem)}", inner) => (File, Line) = (file, line);

    /// <summary>The offending file or folder.</summary>
    public string File { get; }

    /// <summary>Line, counted from 1.</summary>
    public long? Line { get; }

    // A damaged table quotes badly: kilobytes in one cell, or control characters that would garble a console.
    private static string Readable(string problem)
    {
        string text = problem.Length <= Longest ? problem : $"{problem[..(Longest / 2)]} … {problem[^(Longest / 2)..]}";
        return text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? '·' : letter)) : text;
    }
}
