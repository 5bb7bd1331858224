namespace CxrLab.Models;

/// <summary>A weights file can't be read, or doesn't fit a model; nothing was changed.</summary>
public sealed class WeightsException : Exception
{
    /// <param name="message">File, key, what was found, what was expected.</param>
    /// <param name="report">What fitted and what didn't, where a model was involved.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public WeightsException(string message, LoadReport? report = null, Exception? inner = null) : base(message, inner) => Report = report;

    /// <summary>What fitted and what didn't.</summary>
    public LoadReport? Report { get; }
}
