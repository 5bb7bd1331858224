using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace CxrLab.Models;

/// <summary>
/// One file over HTTP into <c>PART</c>, across broken connections: what is there already is kept, and the rest asked for with <c>Range</c>, on condition
/// (<c>If-Range</c>) that the server's file is still the same one. <c>PART.state</c> remembers which that was.
/// </summary>
internal sealed class ResumableDownload(HttpClient client, DownloadOptions options, Uri url, string part, Action<double>? progress)
{
    private string StatePath => part + ".state";

    /// <summary>Returns when the part is the whole file.</summary>
    /// <exception cref="WeightsDownloadException">It can't be had; what came so far stays for the next time.</exception>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan pause = options.Pause * Math.Pow(2, attempt - 1);
            try
            {
                await OnceAsync(cancellation).ConfigureAwait(false);
                return;
            }
            catch (TransientException error) when (attempt < options.Attempts)
            {
                if (error.RetryAfter is { } asked && asked < TimeSpan.FromMinutes(1) && asked > pause) pause = asked;
            }
            catch (TransientException error)
            {
                throw new WeightsDownloadException($"{url} failed {attempt} times, the last time with: {error.Message}. What came so far is kept; try again later.", error);
            }
            catch (Exception error) when (error is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } || attempt == options.Attempts && IsNetwork(error, cancellation))
            {
                throw new WeightsDownloadException($"{url.Host} can't be reached ({error.Message}). Without a network, fetch {url} elsewhere and put it to {part[..^".part".Length]}; it will be checked in the same way.", error);
            }
            catch (Exception error) when (IsNetwork(error, cancellation))
            {
                // The next try goes on from here.
            }

            await Task.Delay(pause, cancellation).ConfigureAwait(false);
        }
    }

    private static bool IsNetwork(Exception error, CancellationToken cancellation) => !cancellation.IsCancellationRequested && (error is HttpRequestException or HttpIOException or OperationCanceledException or IOException { InnerException: System.Net.Sockets.SocketException });

    private async Task OnceAsync(CancellationToken cancellation)
    {
        (long have, State? state) = Begun();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.Add(new("identity"));
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
            request.Headers.TryAddWithoutValidation("If-Range", state!.Validator);
        }

        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        quiet.CancelAfter(options.Silence);
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, quiet.Token).ConfigureAwait(false);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK: // the whole file, even where only the rest was asked for
                have = 0;
                state = new State(url.ToString(), ValidatorOf(response), response.Content.Headers.ContentLength);
                AtomicFile.WriteText(StatePath, JsonSerializer.Serialize(state));
                break;
            case HttpStatusCode.PartialContent when have > 0 && response.Content.Headers.ContentRange is { } range && range.From == have && (ValidatorOf(response) is null || ValidatorOf(response) == state!.Validator):
                state = state! with { Length = range.Length ?? state.Length };
                break;
            case HttpStatusCode.RequestedRangeNotSatisfiable when response.Content.Headers.ContentRange?.Length == have:
                return; // all of it was there already
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                Discard();
                throw new TransientException($"the server's answer {(int)response.StatusCode} doesn't fit the {have} bytes that are here", null);
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new TransientException($"status {(int)response.StatusCode} {response.ReasonPhrase}", response.Headers.RetryAfter?.Delta);
            default:
                throw new WeightsDownloadException($"{url} answered {(int)response.StatusCode} {response.ReasonPhrase}; the address may have moved. Correct it in published-weights.csv.");
        }

        if (state.Length > options.MaxBytes) throw TooLarge(state.Length.Value);
        await ReceiveAsync(response, have, state.Length, quiet).ConfigureAwait(false);
    }

    private async Task ReceiveAsync(HttpResponseMessage response, long have, long? length, CancellationTokenSource quiet)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(quiet.Token).ConfigureAwait(false);
        using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        file.SetLength(have);
        file.Position = have;
        byte[] buffer = new byte[128 << 10];
        while (true)
        {
            quiet.CancelAfter(options.Silence);
            int count = await body.ReadAsync(buffer, quiet.Token).ConfigureAwait(false);
            if (count == 0) break;
            if (file.Position + count > options.MaxBytes) throw TooLarge(file.Position + count);
            // Not to be cancelled: a half-written buffer would be taken for a whole one.
            await file.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
            if (length > 0) progress?.Invoke(Math.Min(1, (double)file.Position / length.Value));
        }

        if (length is { } whole && file.Position != whole) throw new TransientException($"{file.Position} of {whole} bytes came", null);
    }

    private (long Have, State? State) Begun()
    {
        if (!File.Exists(part) || !File.Exists(StatePath)) return (0, null);
        try
        {
            State? state = JsonSerializer.Deserialize<State>(File.ReadAllText(StatePath));
            long have = new FileInfo(part).Length;
            return state is { Validator: not null } && state.Url == url.ToString() && !(have > state.Length) ? (have, state) : (0, null);
        }
        catch (JsonException)
        {
            return (0, null);
        }
    }

    // If-Range takes strong tags and dates only (RFC 9110, 13.1.5).
    private static string? ValidatorOf(HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false } tag
        ? tag.Tag
        : response.Content.Headers.LastModified?.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private void Discard()
    {
        File.Delete(part);
        File.Delete(StatePath);
    }

    private WeightsDownloadException TooLarge(long bytes)
    {
        Discard();
        return new WeightsDownloadException($"{url} has {bytes} bytes or more, above the limit of {options.MaxBytes}; that is no weights file.");
    }

    private sealed record State(string Url, string? Validator, long? Length);

    private sealed class TransientException(string message, TimeSpan? retryAfter) : Exception(message)
    {
        internal TimeSpan? RetryAfter => retryAfter;
    }
}
