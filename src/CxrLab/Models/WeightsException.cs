namespace CxrLab.Models;

/// <summary>A weights file can't be read, or doesn't fit the model.</summary>
public sealed class WeightsException : Exception
{
    /// <param name="file">The file at fault.</param>
    /// <param name="key">The tensor at fault, or null where the whole file is.</param>
    /// <param name="found">What stands in the file.</param>
    /// <param name="expected">What should stand there.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public WeightsException(string file, string? key, string found, string expected, Exception? inner = null)
        : base($"{file}{(key is null ? "" : $", '{key}'")}: found {found}; expected {expected}.", inner) =>
        (File, Key, Found, Expected) = (file, key, found, expected);

    /// <param name="file">The file that doesn't fit.</param>
    /// <param name="report">What fits and what doesn't.</param>
    public WeightsException(string file, LoadReport report)
        : base($"{file} doesn't fit the model, which was left unchanged.{Environment.NewLine}{report}") =>
        (File, Report, Found, Expected) = (file, report, "other tensors", "the model's tensors");

    /// <summary>The file at fault.</summary>
    public string File { get; }

    /// <summary>The tensor at fault, or null where the whole file is.</summary>
    public string? Key { get; }

    /// <summary>What stands in the file.</summary>
    public string Found { get; }

    /// <summary>What should stand there.</summary>
    public string Expected { get; }

    /// <summary>The comparison with the model, where it came so far.</summary>
    public LoadReport? Report { get; }
}
