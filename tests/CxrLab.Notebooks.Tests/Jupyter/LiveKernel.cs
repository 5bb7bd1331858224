using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CxrLab.Notebooks.Jupyter;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Jupyter;

/// <summary>The real kernel in a process of its own, with ports and a folder of its own.</summary>
internal sealed class LiveKernel : IDisposable
{
    private readonly StringBuilder log = new();

    public LiveKernel(ConnectionFile? connection = null, params (string Name, string Value)[] environment)
    {
        Connection = connection ?? FreePorts();
        string file = Folder.Write("connection.json", JsonSerializer.Serialize(Connection));
        // A host that is killed can't dispose of its kernels; they see for themselves that it has gone.
        string host = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        Process = Cli.Start(Folder.Path, [("JPY_PARENT_PID", host), .. environment], "kernel", file);
        Process.ErrorDataReceived += (_, line) => { lock (log) log.AppendLine(line.Data); };
        Process.BeginErrorReadLine();
        Process.BeginOutputReadLine();
    }

    public ConnectionFile Connection { get; }

    public TempFolder Folder { get; } = new();

    public Process Process { get; }

    /// <summary>What the kernel said about itself so far.</summary>
    public string Log
    {
        get { lock (log) return log.ToString(); }
    }

    public static ConnectionFile FreePorts()
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, 5).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners) listener.Dispose();
        return new ConnectionFile
        {
            Ip = "127.0.0.1",
            ShellPort = ports[0],
            ControlPort = ports[1],
            StdinPort = ports[2],
            IoPubPort = ports[3],
            HeartbeatPort = ports[4],
            Key = Guid.NewGuid().ToString(),
        };
    }

    public KernelClient Connect() => new(Connection);

    /// <summary>The process's exit code; a kernel that stays is a failure.</summary>
    public int Ended(int seconds = 60)
    {
        Assert.True(Process.WaitForExit(seconds * 1000), "the kernel is still there");
        return Process.ExitCode;
    }

    public void Dispose()
    {
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        TestContext.Current.TestOutputHelper?.WriteLine(Log); // shown where a test fails
        Process.Dispose();
        Folder.Dispose();
    }
}
