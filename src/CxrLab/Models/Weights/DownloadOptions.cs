namespace CxrLab.Models;

/// <summary>How patient a download is.</summary>
public sealed record DownloadOptions
{
    /// <summary>Tries before it gives up; each goes on where the last one broke off.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Pause after the first failure; it doubles from try to try.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest silence of the server before a try counts as failed.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for another process that fetches the same file.</summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromHours(1);

    /// <summary>No file may be larger.</summary>
    public long MaxBytes { get; init; } = 4L << 30;
}
