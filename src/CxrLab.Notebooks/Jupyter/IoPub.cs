using System.Text;
using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// What everybody sees of the kernel, in the order in which it happened. Text is gathered for 50 ms before it is sent: a cell that
/// prints 200,000 lines then makes some dozens of messages.
/// </summary>
internal sealed class IoPub : IDisposable
{
    private const int MostGathered = 256 * 1024;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly KernelSockets sockets;
    private readonly Lock gate = new();
    private readonly StringBuilder gathered = new();
    private readonly Timer timer;
    private string streamName = "stdout";
    private JupyterMessage? cell;

    public IoPub(KernelSockets sockets)
    {
        this.sockets = sockets;
        timer = new Timer(_ => Flush());
    }

    public void Status(string state, JupyterMessage? request) => Tell("status", request, new JsonObject { ["execution_state"] = state });

    /// <summary>Anything but text.</summary>
    public void Tell(string type, JupyterMessage? request, JsonObject content)
    {
        lock (gate)
        {
            FlushLocked();
            sockets.Broadcast(type, request?.HeaderFrame, content);
        }
    }

    /// <param name="request">The cell that printed it; a thread of an earlier cell may still print.</param>
    /// <param name="name"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="text">What was printed.</param>
    public void Stream(JupyterMessage request, string name, string text)
    {
        lock (gate)
        {
            if (name != streamName || !ReferenceEquals(request, cell)) FlushLocked();
            (streamName, cell) = (name, request);
            if (gathered.Length == 0) timer.Change(Gathering, Timeout.InfiniteTimeSpan);
            gathered.Append(text);
            if (gathered.Length >= MostGathered) FlushLocked();
        }
    }

    public void Flush()
    {
        lock (gate) FlushLocked();
    }

    public void Dispose() => timer.Dispose();

    private void FlushLocked()
    {
        if (gathered.Length == 0) return;
        sockets.Broadcast("stream", cell!.HeaderFrame, new JsonObject { ["name"] = streamName, ["text"] = gathered.ToString() });
        gathered.Clear();
    }
}
