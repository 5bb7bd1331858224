namespace CxrLab.Models;

/// <summary>Published weights couldn't be fetched.</summary>
/// <param name="message">What failed, and what to do.</param>
/// <param name="inner">The cause, if there is one.</param>
public sealed class WeightsDownloadException(string message, Exception? inner = null) : Exception(message, inner);
