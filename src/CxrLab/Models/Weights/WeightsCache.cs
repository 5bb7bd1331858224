using System.Security.Cryptography;

namespace CxrLab.Models;

/// <summary>A published file on this machine.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">Its checksum.</param>
/// <param name="IsVerified">Whether the publisher's checksum vouches for it; else only this machine's first download does.</param>
/// <param name="IsFresh">Whether it was downloaded just now.</param>
public sealed record CachedWeights(string Path, string Sha256, bool IsVerified, bool IsFresh);

/// <summary>
/// Keeps published weights in a folder: downloads once, goes on after an interruption, checks SHA-256 at every use, and lets processes wait for each other. A
/// file that was put there by hand is checked in the same way.
/// </summary>
public sealed class WeightsCache : IDisposable
{
    private readonly DownloadOptions options;
    private readonly HttpClient client;

    /// <param name="folder">Null: <see cref="DefaultFolder"/>.</param>
    /// <param name="options">How patient downloads are.</param>
    public WeightsCache(string? folder = null, DownloadOptions? options = null)
    {
        (Folder, this.options) = (folder ?? DefaultFolder, options ?? new DownloadOptions());
        client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = this.options.Silence, MaxAutomaticRedirections = 10 }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("CxrLab");
    }

    /// <summary><c>CXRLAB_WEIGHTS</c>, else <c>cxrlab/weights</c> in the user's cache folder.</summary>
    public static string DefaultFolder => Environment.GetEnvironmentVariable("CXRLAB_WEIGHTS") is { Length: > 0 } chosen ? chosen : Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
        : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "cxrlab", "weights");

    /// <summary>Where the files lie.</summary>
    public string Folder { get; }

    /// <summary>Where a file lies once it is there.</summary>
    public string PathOf(PublishedWeights weights) => Path.Combine(Folder, weights.FileName);

    /// <summary>Hands out the checked file, from the folder or the network.</summary>
    /// <param name="weights">A line of the table.</param>
    /// <param name="progress">Called with the share done, in [0, 1], where the server says the length.</param>
    /// <param name="cancellation">Stops; what came so far is kept.</param>
    /// <exception cref="WeightsDownloadException">It can't be reached, or its checksum is another one than published.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public async Task<CachedWeights> FetchAsync(PublishedWeights weights, Action<double>? progress = null, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(Folder);
        string target = PathOf(weights), part = target + ".part";
        using FileStream turn = await TakeTurnAsync(target + ".lock", cancellation).ConfigureAwait(false);
        string? expected = Expected(weights, target);
        if (File.Exists(target))
        {
            string found = Hash(target);
            if (expected is null || found.StartsWith(expected, StringComparison.Ordinal)) return Keep(weights, target, found, isFresh: false);
            File.Delete(target); // damaged since; get it anew
        }

        while (true)
        {
            bool resumed = File.Exists(part);
            await new ResumableDownload(client, options, weights.Url, part, progress).RunAsync(cancellation).ConfigureAwait(false);
            string hash = Hash(part);
            File.Delete(part + ".state");
            if (expected is null || hash.StartsWith(expected, StringComparison.Ordinal))
            {
                File.Move(part, target, overwrite: true);
                return Keep(weights, target, hash, isFresh: true);
            }

            File.Delete(part);
            // Two halves may not belong together; a file that came in one go is what the server has.
            if (!resumed) throw new WeightsDownloadException($"{weights.Url} has SHA-256 {hash}; expected {expected}{(expected.Length < 64 ? "…" : "")}, as {(weights.Sha256 is null ? $"at its first download ({target}.sha256)" : "published")}. It is another file, and was removed.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    // Where nothing is published, what came first is what must stay.
    private static string? Expected(PublishedWeights weights, string target) =>
        weights.Sha256 ?? (File.Exists(target + ".sha256") ? File.ReadAllText(target + ".sha256").Trim() : null);

    private static CachedWeights Keep(PublishedWeights weights, string target, string hash, bool isFresh)
    {
        if (isFresh || !File.Exists(target + ".sha256")) AtomicFile.WriteText(target + ".sha256", hash + "\n");
        return new CachedWeights(target, hash, weights.Sha256 is not null, isFresh);
    }

    private static string Hash(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    // The lock ends with the process that holds it, however it ends. The empty file stays: removing it would race with whoever waits for it.
    private async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellation)
    {
        DateTime end = DateTime.UtcNow + options.Turn;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (error.GetType() == typeof(IOException))
            {
                if (DateTime.UtcNow > end) throw new WeightsDownloadException($"Another process has held {path} for {options.Turn}; end it, or remove the file.", error);
            }

            await Task.Delay(100, cancellation).ConfigureAwait(false);
        }
    }
}
