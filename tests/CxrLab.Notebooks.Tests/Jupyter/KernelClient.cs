using System.Globalization;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Jupyter;
using NetMQ;
using NetMQ.Sockets;

namespace CxrLab.Notebooks.Tests.Jupyter;

/// <summary>A small Jupyter client. Whatever doesn't come within its patience is a failure of the test.</summary>
internal sealed class KernelClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180); // a busy machine; the tests measure no times
    private static int made;
    private readonly ConnectionFile connection;
    private readonly DealerSocket shell = new();
    private readonly DealerSocket control = new();
    private readonly DealerSocket stdin = new();
    private readonly SubscriberSocket ioPub = new();
    private readonly string name = string.Create(CultureInfo.InvariantCulture, $"client-{Interlocked.Increment(ref made)}");
    private int sent;

    /// <summary>Connects and waits until the kernel answers and its broadcasts arrive.</summary>
    public KernelClient(ConnectionFile connection)
    {
        this.connection = connection;
        Connect(shell, connection.ShellPort);
        Connect(control, connection.ControlPort);
        Connect(stdin, connection.StdinPort);
        ioPub.SubscribeToAnyTopic();
        ioPub.Options.ReceiveHighWatermark = 0;
        ioPub.Connect(connection.Address(connection.IoPubPort));
        for (int i = 0; i < 600; i++)
        {
            string id = Send("kernel_info_request", []);
            Reply(id);
            if (TryIoPub(TimeSpan.FromMilliseconds(100)) is not null) break; // subscribed
        }
        while (TryIoPub(TimeSpan.FromMilliseconds(200)) is not null) { }
    }

    /// <summary>What the client sees of one request: its reply, and all that was broadcast until the kernel was idle again.</summary>
    public sealed record Outcome(WireMessage Reply, IReadOnlyList<WireMessage> Outputs)
    {
        public string Status => Reply.Text("status")!;

        public string Stream(string name) => string.Concat(Outputs.Where(item => item.Type == "stream" && item.Text("name") == name).Select(item => item.Text("text")));

        public WireMessage? Result => Outputs.SingleOrDefault(item => item.Type == "execute_result");
    }

    public string Send(string type, JsonObject content, bool onControl = false)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{name}-{++sent}");
        SendFrames(WireMessage.Frames(connection.Key, id, type, content), onControl);
        return id;
    }

    public void SendFrames(List<byte[]> frames, bool onControl = false) => (onControl ? control : shell).SendMultipartBytes(frames);

    public string SendCell(string code, bool allowStdin = false) =>
        Send("execute_request", new JsonObject { ["code"] = code, ["allow_stdin"] = allowStdin });

    public Outcome Execute(string code) => Finish(SendCell(code));

    public Outcome Request(string type, JsonObject content, bool onControl = false) => Finish(Send(type, content, onControl), onControl);

    public Outcome Finish(string id, bool onControl = false) => new(Reply(id, onControl), UntilIdle(id));

    public WireMessage Reply(string id, bool onControl = false)
    {
        while (true)
        {
            WireMessage message = Receive(onControl ? control : shell, Patience) ?? throw new TimeoutException($"No reply to {id}.");
            if (message.ParentId == id) return message;
        }
    }

    /// <summary>Reads broadcasts up to the first for which the condition holds.</summary>
    public WireMessage IoPubUntil(Func<WireMessage, bool> condition)
    {
        while (true)
        {
            WireMessage message = TryIoPub(Patience) ?? throw new TimeoutException("Nothing more was broadcast.");
            if (condition(message)) return message;
        }
    }

    public WireMessage Question() => Receive(stdin, Patience) ?? throw new TimeoutException("The kernel asked nothing.");

    public void AnswerQuestion(string value) => stdin.SendMultipartBytes(WireMessage.Frames(connection.Key, "answer", "input_reply", new JsonObject { ["value"] = value }));

    public WireMessage? TryIoPub(TimeSpan patience) => Receive(ioPub, patience);

    public void Dispose()
    {
        foreach (NetMQSocket socket in new NetMQSocket[] { shell, control, stdin, ioPub })
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Dispose();
        }
    }

    private List<WireMessage> UntilIdle(string id)
    {
        var seen = new List<WireMessage>();
        IoPubUntil(message =>
        {
            if (message.ParentId != id) return false;
            if (message.Type != "status") seen.Add(message);
            return message.Type == "status" && message.Text("execution_state") == "idle";
        });
        return seen;
    }

    private void Connect(DealerSocket socket, int port)
    {
        socket.Options.Identity = System.Text.Encoding.ASCII.GetBytes(name); // one for all channels: questions come back by it
        socket.Connect(connection.Address(port));
    }

    private WireMessage? Receive(NetMQSocket socket, TimeSpan patience)
    {
        List<byte[]>? frames = null;
        return socket.TryReceiveMultipartBytes(patience, ref frames!) ? WireMessage.Read(connection.Key, frames) : null;
    }
}
