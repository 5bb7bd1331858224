using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Jupyter;
using CxrLab.Notebooks.Tests.Support;
using NetMQ;
using NetMQ.Sockets;

namespace CxrLab.Notebooks.Tests.Jupyter;

/// <summary>What goes wrong around a kernel: it goes on serving, or it ends; it never hangs and leaves nothing behind.</summary>
public sealed class KernelFaultTests : IDisposable
{
    private LiveKernel? kernel;

    public void Dispose() => kernel?.Dispose();

    [Fact]
    public void Messages_ThatAreForgedOrMalformed_AreDroppedWhileTheKernelServes()
    {
        kernel = new LiveKernel();
        using KernelClient client = kernel.Connect();
        string key = kernel.Connection.Key;
        List<byte[]> Cell(Action<List<byte[]>> change)
        {
            List<byte[]> frames = WireMessage.Frames(key, "bad", "execute_request", new JsonObject { ["code"] = "File.WriteAllText(\"ran\", \"\");" });
            change(frames);
            return frames;
        }
        List<byte[]> Signed(params string[] json)
        {
            byte[][] frames = [.. json.Select(Encoding.UTF8.GetBytes)];
            return ["<IDS|MSG>"u8.ToArray(), WireMessage.Signature(key, frames), .. frames];
        }
        foreach (bool onControl in new[] { false, true })
        {
            client.SendFrames(WireMessage.Frames("another key", "bad", "execute_request", new JsonObject { ["code"] = "File.WriteAllText(\"ran\", \"\");" }), onControl);
            client.SendFrames(Cell(frames => frames[1] = []), onControl);
            client.SendFrames(Cell(frames => frames[1] = frames[1][..^2]), onControl);
            client.SendFrames(Cell(frames => frames[5] = [.. frames[5], (byte)' ']), onControl);
            client.SendFrames(Cell(frames => frames.RemoveAt(5)), onControl);
            client.SendFrames(Cell(frames => frames.RemoveRange(0, 2)), onControl);
            client.SendFrames([[]], onControl);
            client.SendFrames(Signed("{", "{}", "{}", "{}"), onControl);
            client.SendFrames(Signed("[]", "{}", "{}", "{}"), onControl);
            client.SendFrames(Signed("{\"msg_type\":\"execute_request\"}", "{}", "{}", "null"), onControl);
            client.SendFrames(Signed("{\"msg_type\":\"execute_request\"}", "{}", "{}", new string('[', 100_000)), onControl);
            client.SendFrames(Signed("{\"msg_type\":7}", "{}", "{}", "{}"), onControl);
            client.SendFrames(Signed("{\"msg_type\":\"execute_request\"}", "{}", "{}", "{\"code\":{},\"silent\":\"no\",\"user_expressions\":[1]}"), onControl);
            client.SendFrames(Signed("{\"msg_type\":\"complete_request\"}", "{}", "{}", "{\"code\":\"ab\",\"cursor_pos\":99}"), onControl);
            client.SendFrames(Signed("{\"msg_type\":\"no_such_request\"}", "{}", "{}", "{}"), onControl);
        }
        Assert.Equal("2", client.Execute("1 + 1").Result!.Plain);
        Assert.False(File.Exists(kernel.Folder.File("ran")), "a message that nobody signed was obeyed");
        Assert.Contains("the signature is wrong", kernel.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_ThatBreakInTheMiddle_DontDisturbOthers()
    {
        kernel = new LiveKernel();
        using KernelClient client = kernel.Connect();
        byte[] greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48]];
        byte[] ready = [4, 41, 5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 6, .. "DEALER"u8, 8, .. "Identity"u8, 0, 0, 0, 0];
        byte[][] beginnings =
        [
            [], [0xFF], greeting[..20], "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), [.. greeting, 0xEE, 0xFF, 0xFF],
            [.. greeting, .. ready, 1, 9, .. "<IDS|MSG>"u8, 1, 200, 1, 2, 3], // a message of which the second frame ends early
            [.. greeting, .. ready, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], // a frame that says it has 2⁶³ bytes
        ];
        foreach (int port in new[] { kernel.Connection.ShellPort, kernel.Connection.IoPubPort, kernel.Connection.HeartbeatPort, kernel.Connection.ControlPort })
            foreach (byte[] beginning in beginnings)
            {
                using var tcp = new TcpClient(AddressFamily.InterNetwork);
                tcp.Connect(IPAddress.Loopback, port);
                tcp.GetStream().Write(beginning);
                Thread.Sleep(20);
                tcp.Client.LingerState = new LingerOption(true, 0); // reset, not an orderly end
            }
        Assert.Equal("2", client.Execute("1 + 1").Result!.Plain);
        using KernelClient another = kernel.Connect();
        Assert.Equal("ok", another.Request("kernel_info_request", [], onControl: true).Status);
    }

    [Fact]
    public void Client_ThatLeavesInTheMiddleOfACell_LeavesTheKernelToTheNext()
    {
        kernel = new LiveKernel();
        using (KernelClient first = kernel.Connect())
        {
            first.SendCell("for (int i = 0; i < 20; i++) { Console.WriteLine(i); System.Threading.Thread.Sleep(50); } var left = 1;");
            first.IoPubUntil(message => message.Type == "stream");
        }
        using KernelClient second = kernel.Connect();
        Assert.Equal("1", second.Execute("left").Result!.Plain);
    }

    [Fact]
    public void Heartbeat_WhileACellIsBusy_Answers()
    {
        kernel = new LiveKernel();
        using KernelClient client = kernel.Connect();
        string cell = client.SendCell("var end = DateTime.UtcNow.AddSeconds(2); while (DateTime.UtcNow < end) { }");
        client.IoPubUntil(message => message.Type == "execute_input");
        using var heart = new RequestSocket();
        heart.Options.Linger = TimeSpan.Zero;
        heart.Connect(kernel.Connection.Address(kernel.Connection.HeartbeatPort));
        heart.SendFrame("ping");
        Assert.True(heart.TryReceiveFrameString(TimeSpan.FromSeconds(10), out string? pong));
        Assert.Equal("ping", pong);
        client.Finish(cell);
    }

    [Fact]
    public void Interrupt_EndlessLoop_StopsItAndKeepsTheState()
    {
        kernel = new LiveKernel();
        using KernelClient client = kernel.Connect();
        client.Execute("var kept = 3;");
        string cell = client.SendCell("while (true) { }");
        client.IoPubUntil(message => message.Type == "execute_input");
        Assert.Equal("ok", client.Reply(client.Send("interrupt_request", [], onControl: true), onControl: true).Text("status"));
        Assert.Equal("error", client.Finish(cell).Status);
        Assert.Equal("3", client.Execute("kept").Result!.Plain);
    }

    [Fact]
    public void Interrupt_WaitForInput_EndsTheWait()
    {
        kernel = new LiveKernel();
        using KernelClient client = kernel.Connect();
        string cell = client.SendCell("Console.ReadLine()", allowStdin: true);
        client.Question();
        client.Send("interrupt_request", [], onControl: true);
        Assert.Equal("error", client.Finish(cell).Status);
        client.AnswerQuestion("too late");
        string next = client.SendCell("Console.ReadLine()", allowStdin: true);
        client.Question();
        client.AnswerQuestion("in time");
        Assert.Equal("in time", client.Finish(next).Result!.Plain);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Shutdown_WhileACellSleeps_AnswersAndEnds(bool restart)
    {
        kernel = new LiveKernel();
        using KernelClient client = kernel.Connect();
        client.SendCell("System.Threading.Thread.Sleep(-1);");
        client.IoPubUntil(message => message.Type == "execute_input");
        string id = client.Send("shutdown_request", new JsonObject { ["restart"] = restart }, onControl: true);
        Assert.Equal(restart, client.Reply(id, onControl: true).Content["restart"]!.GetValue<bool>());
        Assert.Equal(0, kernel.Ended());
    }

    [Fact]
    public void Shutdown_OnTheShellChannel_EndsTheKernelToo()
    {
        kernel = new LiveKernel();
        using KernelClient client = kernel.Connect();
        Assert.Equal("ok", client.Request("shutdown_request", new JsonObject { ["restart"] = false }).Status);
        Assert.Equal(0, kernel.Ended());
    }

    [Fact]
    public void Parent_Dies_EndsTheKernelInTheMiddleOfACell()
    {
        using Process parent = Process.Start("sleep", "300");
        kernel = new LiveKernel(environment: ("JPY_PARENT_PID", parent.Id.ToString(CultureInfo.InvariantCulture)));
        using KernelClient client = kernel.Connect();
        client.SendCell("while (true) { }");
        client.IoPubUntil(message => message.Type == "execute_input");
        Assert.False(kernel.Process.HasExited);
        parent.Kill();
        kernel.Ended();
    }

    [Fact]
    public void Starter_DiesWithoutHavingNamedItself_EndsTheKernel()
    {
        if (OperatingSystem.IsWindows()) return; // Jupyter passes a handle there
        using var folder = new TempFolder();
        ConnectionFile connection = LiveKernel.FreePorts();
        string file = folder.Write("connection.json", JsonSerializer.Serialize(connection));
        var info = new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" 2>/dev/null & echo $!; wait", "sh", .. Cli.Program, "kernel", file]) { RedirectStandardOutput = true };
        info.Environment.Remove("JPY_PARENT_PID");
        using Process starter = Process.Start(info)!;
        int id = int.Parse(starter.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        using (var client = new KernelClient(connection)) Assert.Equal("2", client.Execute("1 + 1").Result!.Plain);
        Assert.True(Cli.IsAlive(id));
        starter.Kill();
        for (int i = 0; i < 300 && Cli.IsAlive(id); i++) Thread.Sleep(100);
        Assert.False(Cli.IsAlive(id));
    }

    [Fact]
    public void Shutdown_AfterACellStartedAProcess_EndsThatProcessToo()
    {
        kernel = new LiveKernel();
        using KernelClient client = kernel.Connect();
        int id = int.Parse(client.Execute("System.Diagnostics.Process.Start(\"sleep\", \"300\").Id").Result!.Plain!, CultureInfo.InvariantCulture);
        Assert.True(Cli.IsAlive(id));
        client.Send("shutdown_request", new JsonObject { ["restart"] = false }, onControl: true);
        Assert.Equal(0, kernel.Ended());
        for (int i = 0; i < 100 && Cli.IsAlive(id); i++) Thread.Sleep(100);
        Assert.False(Cli.IsAlive(id));
    }

    [Fact]
    public void Kernel_KilledInTheMiddleOfACell_FreesItsPorts()
    {
        kernel = new LiveKernel();
        using (KernelClient client = kernel.Connect())
        {
            client.SendCell("while (true) { }");
            client.IoPubUntil(message => message.Type == "execute_input");
            kernel.Process.Kill();
            kernel.Ended();
        }
        using var next = new LiveKernel(kernel.Connection); // Jupyter restarts a kernel with the ports that it had
        using KernelClient again = next.Connect();
        Assert.Equal("2", again.Execute("1 + 1").Result!.Plain);
    }

    [Fact]
    public void Port_InUse_EndsTheKernelWithItsReason()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        kernel = new LiveKernel(LiveKernel.FreePorts() with { StdinPort = port });
        Assert.Equal(1, kernel.Ended());
        kernel.Process.WaitForExit(); // its last words
        Assert.Contains($"The stdin channel can't listen on tcp://127.0.0.1:{port}", kernel.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("*")]
    [InlineData("192.0.2.1")]
    public void Address_OfANetwork_IsRefused(string ip)
    {
        kernel = new LiveKernel(LiveKernel.FreePorts() with { Ip = ip });
        Assert.Equal(1, kernel.Ended());
        kernel.Process.WaitForExit();
        Assert.Contains("this machine's own address only", kernel.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"ip\":\"127.0.0.1\"}", "isn't a Jupyter connection file")]
    [InlineData("half a fi", "isn't a Jupyter connection file")]
    [InlineData(null, "There is no connection file")]
    public async Task ConnectionFile_ThatIsNone_IsAnError(string? text, string reason)
    {
        using var folder = new TempFolder();
        if (text is not null) folder.Write("c.json", text);
        Cli.Result result = await Cli.Run(folder.Path, "kernel", "c.json");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }
}
