using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CxrLab.Tests.Models.Download;

/// <summary>A web server on the loopback interface whose every answer the test decides; one answer per connection.</summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    /// <param name="answer">Number of the request (from 0), its headers in lower case, and the stream to write the answer to.</param>
    internal FaultyServer(Func<int, IReadOnlyDictionary<string, string>, Stream, Task> answer)
    {
        listener.Start();
        serving = ServeAsync(answer);
    }

    /// <summary>Headers of the requests so far.</summary>
    internal ConcurrentQueue<IReadOnlyDictionary<string, string>> Requests { get; } = new();

    internal Uri Url(string file) => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{file}");

    /// <summary>Writes an answer; <paramref name="length"/> may lie.</summary>
    internal static async Task AnswerAsync(Stream stream, string status, ReadOnlyMemory<byte> body, long? length = null, params string[] headers)
    {
        string head = $"HTTP/1.1 {status}\r\nContent-Length: {length ?? body.Length}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(body);
        await stream.FlushAsync();
    }

    /// <summary>What a good server does: ranges on condition of the tag, 416 behind the end.</summary>
    internal static Task GoodAsync(IReadOnlyDictionary<string, string> request, Stream stream, byte[] body, string tag = "\"v1\"")
    {
        if (!request.TryGetValue("range", out string? range) || request.GetValueOrDefault("if-range") is { } condition && condition != tag) return AnswerAsync(stream, "200 OK", body, null, $"ETag: {tag}");
        int from = int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        return from >= body.Length
            ? AnswerAsync(stream, "416 Range Not Satisfiable", default, null, $"Content-Range: bytes */{body.Length}")
            : AnswerAsync(stream, "206 Partial Content", body.AsMemory(from), null, $"ETag: {tag}", $"Content-Range: bytes {from}-{body.Length - 1}/{body.Length}");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
        listener.Dispose();
    }

    private async Task ServeAsync(Func<int, IReadOnlyDictionary<string, string>, Stream, Task> answer)
    {
        var open = new List<Task>();
        try
        {
            for (int number = 0; ; number++)
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                open.Add(OneAsync(number, client, answer));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task OneAsync(int number, TcpClient client, Func<int, IReadOnlyDictionary<string, string>, Stream, Task> answer)
    {
        using (client)
        {
            try
            {
                using NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
                var headers = new Dictionary<string, string> { ["first"] = await reader.ReadLineAsync(stop.Token) ?? "" };
                while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } line) headers[line.Split(':', 2)[0].ToLowerInvariant()] = line.Split(':', 2)[1].Trim();
                Requests.Enqueue(headers);
                await answer(number, headers, stream).WaitAsync(stop.Token);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or SocketException)
            {
                // The other side hung up, or the test is over.
            }
        }
    }
}
