using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// The kernel's five sockets. A ZeroMQ socket belongs to one thread: here that is the poller's, which waits for nothing but them, so
/// the heartbeat answers however busy a cell is. Other threads hand over what is to be sent.
/// </summary>
internal sealed class KernelSockets : IDisposable
{
    private const int MostBadMessagesLogged = 10;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly WireFormat format;
    private readonly Action<Channel, JupyterMessage> received;
    private readonly RouterSocket shell = new();
    private readonly RouterSocket control = new();
    private readonly RouterSocket stdin = new();
    private readonly PublisherSocket ioPub = new();
    private readonly RouterSocket heartbeat = new();
    private readonly NetMQQueue<(NetMQSocket Socket, IReadOnlyList<byte[]> Frames)> outgoing = new();
    private readonly NetMQPoller poller = [];
    private int badMessages;

    /// <summary>Binds all ports, or none.</summary>
    /// <param name="connection">Where, and the key.</param>
    /// <param name="received">Called on the poller's thread for every valid message; must return at once.</param>
    /// <exception cref="KernelException">A port is taken.</exception>
    public KernelSockets(ConnectionFile connection, Action<Channel, JupyterMessage> received)
    {
        format = new WireFormat(new MessageSigner(connection.Key));
        this.received = received;
        try
        {
            Bind(shell, "shell", connection.Address(connection.ShellPort));
            Bind(control, "control", connection.Address(connection.ControlPort));
            Bind(stdin, "stdin", connection.Address(connection.StdinPort));
            Bind(ioPub, "iopub", connection.Address(connection.IoPubPort));
            Bind(heartbeat, "heartbeat", connection.Address(connection.HeartbeatPort));
        }
        catch (KernelException)
        {
            Close();
            throw;
        }
        Listen(shell, Channel.Shell);
        Listen(control, Channel.Control);
        Listen(stdin, Channel.Stdin);
        // A router echoes for any number of clients and isn't brought out of step by one that leaves half-way, as a REP socket is.
        heartbeat.ReceiveReady += (_, _) => Echo();
        outgoing.ReceiveReady += (_, _) => SendWaiting();
        poller.Add(heartbeat);
        poller.Add(outgoing);
    }

    /// <summary>From here on messages come in.</summary>
    public void Start() => poller.RunAsync("jupyter sockets", isBackgroundThread: true);

    /// <summary>Answers a request, on the channel it came by.</summary>
    public void Reply(Channel channel, JupyterMessage request, string type, JsonObject content) =>
        outgoing.Enqueue((channel == Channel.Control ? control : shell, format.Write(request.Identities, type, request.HeaderFrame, content)));

    /// <summary>Asks the client whose request is being worked on. A client has one identity on all channels.</summary>
    public void Ask(JupyterMessage request, string type, JsonObject content) =>
        outgoing.Enqueue((stdin, format.Write(request.Identities, type, request.HeaderFrame, content)));

    /// <summary>Tells everybody.</summary>
    /// <param name="type">The message's type; it is also the topic.</param>
    /// <param name="parent">The header frame of the request that caused it, or null.</param>
    /// <param name="content">By type.</param>
    /// <param name="metadata">Usually none.</param>
    public void Broadcast(string type, byte[]? parent, JsonObject content, JsonObject? metadata = null) =>
        outgoing.Enqueue((ioPub, format.Write([Encoding.ASCII.GetBytes(type)], type, parent, content, metadata)));

    /// <summary>Hands what is still waiting to the system, then closes.</summary>
    public void Dispose()
    {
        if (poller.IsRunning) poller.Stop();
        SendWaiting(); // the poller's thread has ended; the sockets are this thread's now
        Close();
    }

    private void Close()
    {
        poller.Dispose();
        outgoing.Dispose();
        foreach (NetMQSocket socket in new NetMQSocket[] { shell, control, stdin, ioPub, heartbeat }) socket.Dispose();
    }

    private static void Bind(NetMQSocket socket, string name, string address)
    {
        socket.Options.Linger = Farewell;
        // No limit: at a limit ZeroMQ drops messages without a word, and a missing output is worse than a full queue.
        socket.Options.SendHighWatermark = 0;
        socket.Options.IPv4Only = !address.Contains('[');
        // A client that comes back takes its place at once, not when the system notices that its old connection has died.
        if (socket is RouterSocket) socket.Options.RouterHandover = true;
        try
        {
            socket.Bind(address);
        }
        catch (NetMQException error)
        {
            throw new KernelException($"The {name} channel can't listen on {address}: {error.Message} ({error.ErrorCode}). " +
                "Another program has that port; start the kernel again, Jupyter then chooses new ports.");
        }
    }

    private void Listen(RouterSocket socket, Channel channel)
    {
        socket.ReceiveReady += (_, _) => Receive(socket, channel);
        poller.Add(socket);
    }

    private void Receive(RouterSocket socket, Channel channel)
    {
        List<byte[]>? frames = null;
        while (socket.TryReceiveMultipartBytes(TimeSpan.Zero, ref frames!))
        {
            try
            {
                // The first frame is the identity that the socket itself has put there.
                received(channel, format.Read(frames!));
            }
            catch (FormatException error)
            {
                if (++badMessages <= MostBadMessagesLogged)
                    Log.Write($"a message on the {channel} channel was dropped: {error.Message}" + (badMessages == MostBadMessagesLogged ? "; further ones are dropped silently" : ""));
            }
        }
    }

    private void Echo()
    {
        List<byte[]>? frames = null;
        while (heartbeat.TryReceiveMultipartBytes(TimeSpan.Zero, ref frames!)) Send(heartbeat, frames!);
    }

    private void SendWaiting()
    {
        while (outgoing.TryDequeue(out (NetMQSocket Socket, IReadOnlyList<byte[]> Frames) item, TimeSpan.Zero)) Send(item.Socket, item.Frames);
    }

    private static void Send(NetMQSocket socket, IReadOnlyList<byte[]> frames)
    {
        try
        {
            socket.SendMultipartBytes(frames);
        }
        catch (NetMQException error)
        {
            Log.Write($"a message couldn't be sent: {error.Message}"); // a client that has gone is no reason to end
        }
    }
}
