using System.Diagnostics;
using System.Security.Cryptography;
using CxrLab.Models;
using CxrLab.Tests.Data.Fixtures;
using Xunit;
using static CxrLab.Tests.Models.Download.FaultyServer;

namespace CxrLab.Tests.Models.Download;

/// <summary>Downloads from a server with faults.</summary>
public class WeightsCacheTests
{
    private static readonly byte[] Body = Bytes(300_000);
    private static readonly string Sha = Convert.ToHexStringLower(SHA256.HashData(Body));
    private static readonly DownloadOptions Quick = new() { Pause = TimeSpan.FromMilliseconds(5), Silence = TimeSpan.FromSeconds(20) };

    [Fact]
    public async Task Fetch_Twice_DownloadsOnceAndChecksBothTimes()
    {
        await using var server = new FaultyServer((_, request, stream) => GoodAsync(request, stream, Body));
        using var folder = new TempFolder();
        using var cache = new WeightsCache(folder.File("cache"), Quick);
        double share = 0;
        CachedWeights first = await cache.FetchAsync(Line(server, Sha), done => share = done);
        CachedWeights second = await cache.FetchAsync(Line(server, Sha[..8]));
        Assert.Equal((Sha, true, true, false), (first.Sha256, first.IsVerified, first.IsFresh, second.IsFresh));
        Assert.Equal(1, share);
        Assert.Equal(Body, File.ReadAllBytes(first.Path));
        Assert.Single(server.Requests);
        Assert.Equal(["weights.pt", "weights.pt.lock", "weights.pt.sha256"], Directory.GetFiles(cache.Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Fetch_CutInTheMiddle_GoesOnWhereItStopped()
    {
        await using var server = new FaultyServer((number, request, stream) => number == 0
            ? AnswerAsync(stream, "200 OK", Body.AsMemory(0, 100_000), Body.Length, "ETag: \"v1\"")
            : GoodAsync(request, stream, Body));
        Assert.Equal(Body, await FetchAsync(server));
        Assert.Equal("bytes=100000-", server.Requests.Last()["range"]);
        Assert.Equal("\"v1\"", server.Requests.Last()["if-range"]);
    }

    [Fact]
    public async Task Fetch_CutEveryTime_StillArrives()
    {
        await using var server = new FaultyServer((_, request, stream) =>
        {
            int from = request.TryGetValue("range", out string? range) ? int.Parse(range["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture) : 0;
            int count = Math.Min(80_000, Body.Length - from);
            return AnswerAsync(stream, from == 0 ? "200 OK" : "206 Partial Content", Body.AsMemory(from, count), Body.Length - from, "ETag: \"v1\"", $"Content-Range: bytes {from}-{Body.Length - 1}/{Body.Length}");
        });
        Assert.Equal(Body, await FetchAsync(server));
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Fetch_ChangedSinceTheInterruption_StartsAnew()
    {
        byte[] old = Bytes(200_000, 9);
        await using var server = new FaultyServer((number, request, stream) => number == 0
            ? AnswerAsync(stream, "200 OK", old.AsMemory(0, 50_000), old.Length, "ETag: \"v0\"")
            : GoodAsync(request, stream, Body));
        Assert.Equal(Body, await FetchAsync(server));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Fetch_ServerIgnoresTheRange_StartsAnew()
    {
        await using var server = new FaultyServer((number, _, stream) => number == 0
            ? AnswerAsync(stream, "200 OK", Body.AsMemory(0, 100_000), Body.Length, "ETag: \"v1\"")
            : AnswerAsync(stream, "200 OK", Body, null, "ETag: \"v1\""));
        Assert.Equal(Body, await FetchAsync(server));
    }

    [Fact]
    public async Task Fetch_NoTagOrAWeakOne_StartsAnew()
    {
        await using var server = new FaultyServer((number, request, stream) => number == 0
            ? AnswerAsync(stream, "200 OK", Body.AsMemory(0, 100_000), Body.Length, "ETag: W/\"v1\"")
            : GoodAsync(request, stream, Body));
        Assert.Equal(Body, await FetchAsync(server));
        Assert.False(server.Requests.Last().ContainsKey("range"));
    }

    [Fact]
    public async Task Fetch_RangeFromElsewhere_IsNotAppended()
    {
        await using var server = new FaultyServer((number, request, stream) => number switch
        {
            0 => AnswerAsync(stream, "200 OK", Body.AsMemory(0, 100_000), Body.Length, "ETag: \"v1\""),
            1 => AnswerAsync(stream, "206 Partial Content", Body.AsMemory(90_000), null, "ETag: \"v1\"", $"Content-Range: bytes 90000-{Body.Length - 1}/{Body.Length}"),
            _ => GoodAsync(request, stream, Body),
        });
        Assert.Equal(Body, await FetchAsync(server));
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(300_000)] // all was there, only the rename was missing
    [InlineData(1_000)]   // the server's file is another one
    public async Task Fetch_NothingLeftToSend_IsUnderstood(int length)
    {
        await using var server = new FaultyServer((_, request, stream) => request.ContainsKey("range")
            ? AnswerAsync(stream, "416 Range Not Satisfiable", default, null, $"Content-Range: bytes */{length}")
            : GoodAsync(request, stream, Body));
        using var folder = new TempFolder();
        using var cache = new WeightsCache(folder.File("cache"), Quick);
        PublishedWeights line = Line(server, Sha);
        Directory.CreateDirectory(cache.Folder);
        File.WriteAllBytes(cache.PathOf(line) + ".part", Body);
        File.WriteAllText(cache.PathOf(line) + ".part.state", $$"""{"Url":"{{line.Url}}","Validator":"\u0022v1\u0022","Length":300000}""");
        Assert.Equal(Body, File.ReadAllBytes((await cache.FetchAsync(line)).Path));
        Assert.Equal(length == Body.Length ? 1 : 2, server.Requests.Count);
    }

    [Fact]
    public async Task Fetch_ServerErrorThenGood_TriesAgain()
    {
        await using var server = new FaultyServer((number, request, stream) => number < 3
            ? AnswerAsync(stream, number == 1 ? "503 Service Unavailable" : "500 Internal Server Error", "sorry"u8.ToArray(), null, "Retry-After: 0")
            : GoodAsync(request, stream, Body));
        Assert.Equal(Body, await FetchAsync(server));
    }

    [Fact]
    public async Task Fetch_ErrorsForEver_GivesUpWithTheReason()
    {
        await using var server = new FaultyServer((_, _, stream) => AnswerAsync(stream, "500 Internal Server Error", default));
        var error = await Assert.ThrowsAsync<WeightsDownloadException>(() => FetchAsync(server));
        Assert.Contains("failed 5 times", error.Message, StringComparison.Ordinal);
        Assert.Contains("500", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task Fetch_NotFound_SaysSoAtOnce()
    {
        await using var server = new FaultyServer((_, _, stream) => AnswerAsync(stream, "404 Not Found", default));
        Assert.Contains("404", (await Assert.ThrowsAsync<WeightsDownloadException>(() => FetchAsync(server))).Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Fetch_WrongHash_IsRemovedAndNamed()
    {
        await using var server = new FaultyServer((_, request, stream) => GoodAsync(request, stream, Bytes(1000, 5)));
        using var folder = new TempFolder();
        using var cache = new WeightsCache(folder.File("cache"), Quick);
        var error = await Assert.ThrowsAsync<WeightsDownloadException>(() => cache.FetchAsync(Line(server, Sha)));
        Assert.Contains(Sha, error.Message, StringComparison.Ordinal);
        Assert.Equal(["weights.pt.lock"], Directory.GetFiles(cache.Folder).Select(file => Path.GetFileName(file)));
    }

    [Fact]
    public async Task Fetch_HalvesThatDontFit_AreFetchedWholeOnce()
    {
        byte[] wrong = Bytes(Body.Length, 8);
        await using var server = new FaultyServer((number, request, stream) => number == 0
            ? AnswerAsync(stream, "200 OK", wrong.AsMemory(0, 100_000), Body.Length, "ETag: \"v1\"") // the same tag for another file
            : GoodAsync(request, stream, Body));
        using var folder = new TempFolder();
        using var cache = new WeightsCache(folder.File("cache"), Quick with { Attempts = 1 });
        await Assert.ThrowsAsync<WeightsDownloadException>(() => cache.FetchAsync(Line(server, Sha)));
        Assert.Equal(Body, File.ReadAllBytes((await cache.FetchAsync(Line(server, Sha))).Path));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Fetch_Redirect_IsFollowed()
    {
        await using var server = new FaultyServer((number, request, stream) => number == 0
            ? AnswerAsync(stream, "302 Found", default, null, "Location: /elsewhere")
            : GoodAsync(request, stream, Body));
        Assert.Equal(Body, await FetchAsync(server));
        Assert.Contains("/elsewhere", server.Requests.Last()["first"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_RedirectsForEver_EndWithAnError()
    {
        await using var server = new FaultyServer((number, _, stream) => AnswerAsync(stream, "302 Found", default, null, $"Location: /{number}"));
        await Assert.ThrowsAsync<WeightsDownloadException>(() => FetchAsync(server));
    }

    [Fact]
    public async Task Fetch_ServerFallsSilent_TriesAgain()
    {
        await using var server = new FaultyServer(async (number, request, stream) =>
        {
            if (number > 0) await GoodAsync(request, stream, Body);
            else
            {
                await AnswerAsync(stream, "200 OK", Body.AsMemory(0, 1000), Body.Length, "ETag: \"v1\"");
                await Task.Delay(Timeout.Infinite);
            }
        });
        using var folder = new TempFolder();
        using var cache = new WeightsCache(folder.File("cache"), Quick with { Silence = TimeSpan.FromSeconds(1) });
        Assert.Equal(Body, File.ReadAllBytes((await cache.FetchAsync(Line(server, Sha))).Path));
        Assert.Equal("bytes=1000-", server.Requests.Last()["range"]);
    }

    [Fact]
    public async Task Fetch_SlowButSteady_Arrives()
    {
        await using var server = new FaultyServer(async (_, _, stream) =>
        {
            await AnswerAsync(stream, "200 OK", default, Body.Length, "ETag: \"v1\"");
            foreach (byte[] piece in Body.Chunk(50_000))
            {
                await Task.Delay(60);
                await stream.WriteAsync(piece);
            }
        });
        Assert.Equal(Body, await FetchAsync(server));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fetch_LargerThanTheLimit_IsStopped(bool announced)
    {
        await using var server = new FaultyServer(async (_, _, stream) =>
        {
            if (announced) await AnswerAsync(stream, "200 OK", Body);
            else
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray());
                while (true) await stream.WriteAsync(Body);
            }
        });
        using var folder = new TempFolder();
        using var cache = new WeightsCache(folder.File("cache"), Quick with { MaxBytes = 100_000 });
        Assert.Contains("limit", (await Assert.ThrowsAsync<WeightsDownloadException>(() => cache.FetchAsync(Line(server, Sha)))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(cache.PathOf(Line(server, Sha)) + ".part"));
    }

    [Fact]
    public async Task Fetch_WithoutNetwork_SaysWhereToPutTheFile()
    {
        using var folder = new TempFolder();
        using var cache = new WeightsCache(folder.File("cache"), Quick with { Attempts = 2 });
        // Nothing listens on port 1, and names under .invalid never resolve (RFC 2606).
        foreach (string url in new[] { "http://127.0.0.1:1/weights.pt", "http://nowhere.invalid/weights.pt" })
        {
            var error = await Assert.ThrowsAsync<WeightsDownloadException>(() => cache.FetchAsync(Line(new Uri(url), Sha)));
            Assert.Contains("Without a network", error.Message, StringComparison.Ordinal);
            Assert.Contains(Path.Combine(cache.Folder, "weights.pt"), error.Message, StringComparison.Ordinal);
        }

        File.WriteAllBytes(Path.Combine(cache.Folder, "weights.pt"), Body); // as told
        Assert.True((await cache.FetchAsync(Line(new Uri("http://nowhere.invalid/weights.pt"), Sha))).IsVerified);
    }

    [Fact]
    public async Task Fetch_Cancelled_KeepsWhatCame()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new FaultyServer(async (number, request, stream) =>
        {
            if (number > 0) await GoodAsync(request, stream, Body);
            else
            {
                await AnswerAsync(stream, "200 OK", Body.AsMemory(0, 100_000), Body.Length, "ETag: \"v1\"");
                await Task.Delay(Timeout.Infinite);
            }
        });
        using var folder = new TempFolder();
        using var cache = new WeightsCache(folder.File("cache"), Quick);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.FetchAsync(Line(server, Sha), share => { if (share > .3) stop.Cancel(); }, stop.Token));
        Assert.Equal(Body, File.ReadAllBytes((await cache.FetchAsync(Line(server, Sha))).Path));
        Assert.True(server.Requests.Last().ContainsKey("range"));
    }

    [Fact]
    public async Task Fetch_DamagedInTheCache_IsFetchedAgain()
    {
        await using var server = new FaultyServer((_, request, stream) => GoodAsync(request, stream, Body));
        using var folder = new TempFolder();
        using var cache = new WeightsCache(folder.File("cache"), Quick);
        foreach (string? sha in new[] { Sha, null })
        {
            CachedWeights file = await cache.FetchAsync(Line(server, sha));
            File.WriteAllBytes(file.Path, Body[..^1]);
            file = await cache.FetchAsync(Line(server, sha));
            Assert.Equal((sha is not null, true), (file.IsVerified, file.IsFresh));
            Assert.Equal(Body, File.ReadAllBytes(file.Path));
        }
    }

    [Fact]
    public async Task Fetch_UnpublishedHashThatChanged_IsRefused()
    {
        byte[] body = Body;
        await using var server = new FaultyServer((_, request, stream) => GoodAsync(request, stream, body));
        using var folder = new TempFolder();
        using var cache = new WeightsCache(folder.File("cache"), Quick);
        CachedWeights file = await cache.FetchAsync(Line(server, null));
        File.Delete(file.Path);
        body = Bytes(10, 4);
        Assert.Contains("first download", (await Assert.ThrowsAsync<WeightsDownloadException>(() => cache.FetchAsync(Line(server, null)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_TwoProcessesAndTwoTasks_DownloadOnce()
    {
        await using var server = new FaultyServer(async (_, request, stream) =>
        {
            await Task.Delay(300);
            await GoodAsync(request, stream, Body);
        });
        using var folder = new TempFolder();
        string table = folder.File("table.csv"), cache = folder.File("cache");
        File.WriteAllLines(table, ["name,architecture,channels,input,labels,sha256,readable,url,source,note", $"w,cxrnet,1,unchecked,,{Sha},yes,{server.Url("weights.pt")},test,test"]);
        using var own = new WeightsCache(cache, Quick);
        Task<int>[] processes = [.. Enumerable.Range(0, 2).Select(_ => ProcessAsync("weights", "fetch", "w", "--table", table, "--cache", cache))];
        await Task.WhenAll(own.FetchAsync(PublishedWeights.Load(table)[0]), own.FetchAsync(PublishedWeights.Load(table)[0]));
        Assert.All(await Task.WhenAll(processes), code => Assert.Equal(0, code));
        Assert.Single(server.Requests);
        Assert.Equal(Body, File.ReadAllBytes(Path.Combine(cache, "weights.pt")));
    }

    [Fact]
    public void All_ShippedTable_NamesEachFileOnceAndAgreesWithTheFileNames()
    {
        Assert.True(PublishedWeights.All.Count > 10);
        Assert.Equal(PublishedWeights.All.Count, PublishedWeights.All.Select(line => line.FileName).Distinct().Count());
        // torchvision's file names end in the first 8 digits of their checksum.
        Assert.All(PublishedWeights.All.Where(line => line.Source == "torchvision"), line => Assert.EndsWith($"-{line.Sha256}.pth", line.FileName, StringComparison.Ordinal));
        Assert.All(PublishedWeights.All, line => Assert.Equal("https", line.Url.Scheme));
        Assert.Contains("torchvision-resnet18", Assert.Throws<ArgumentException>(() => PublishedWeights.ByName("x")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,m,2,u,,,yes,https://x/y,s,n", "channels is '2'")]
    [InlineData("a,m,1,u,,XYZ,yes,https://x/y,s,n", "sha256 is 'XYZ'")]
    [InlineData("a,m,1,u,,,maybe,https://x/y,s,n", "readable is 'maybe'")]
    [InlineData("a,m,1,u,,,yes,file:///etc/passwd,s,n", "url is 'file")]
    [InlineData(",m,1,u,,,yes,https://x/y,s,n", "blank")]
    public void Load_BadLine_NamesFileLineAndFault(string line, string fault)
    {
        using var folder = new TempFolder();
        File.WriteAllLines(folder.File("t.csv"), ["name,architecture,channels,input,labels,sha256,readable,url,source,note", line]);
        Failure.Names(() => PublishedWeights.Load(folder.File("t.csv")), "t.csv", fault);
    }

    private static async Task<byte[]> FetchAsync(FaultyServer server)
    {
        using var folder = new TempFolder();
        using var cache = new WeightsCache(folder.File("cache"), Quick);
        return File.ReadAllBytes((await cache.FetchAsync(Line(server, Sha))).Path);
    }

    private static PublishedWeights Line(FaultyServer server, string? sha) => Line(server.Url("weights.pt"), sha);

    private static PublishedWeights Line(Uri url, string? sha) => new("w", "cxrnet", 1, "unchecked", [], sha, "yes", url, "test", "test");

    private static byte[] Bytes(int count, int seed = 1)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task<int> ProcessAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "CxrLab.Cli.dll"), .. arguments]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
