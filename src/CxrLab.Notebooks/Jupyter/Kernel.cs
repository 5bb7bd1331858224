using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// A C# session behind Jupyter's protocol. Requests on the shell channel are worked on in order, by one thread; those on the control
/// channel are answered at once, whatever a cell is doing.
/// </summary>
internal sealed class Kernel : IDisposable
{
    private readonly KernelSockets sockets;
    private readonly IoPub ioPub;
    private readonly Keyboard keyboard;
    private readonly ScriptSession session;
    private readonly CellRequests cells;
    private readonly Completions completions;
    private readonly Task warm;
    private readonly Dictionary<string, Func<JupyterMessage, JsonObject>> answers;
    private readonly BlockingCollection<(long Arrival, JupyterMessage Message)> waiting = [];
    private readonly ManualResetEventSlim ended = new();
    private long arrivals;
    private long abortedUntil;

    /// <exception cref="KernelException">A port is taken.</exception>
    public Kernel(ConnectionFile connection, string folder)
    {
        sockets = new KernelSockets(connection, Receive);
        ioPub = new IoPub(sockets);
        keyboard = new Keyboard(sockets, ioPub);
        session = new ScriptSession(folder, _ => { });
        warm = Task.Run(session.WarmUp); // clients first ask who the kernel is; the compiler starts meanwhile
        var history = new History();
        var workspace = new ScriptWorkspace(session);
        var inspection = new Inspection(workspace);
        completions = new Completions(workspace);
        cells = new CellRequests(session, ioPub, keyboard, history, inspection);
        answers = new()
        {
            ["kernel_info_request"] = _ => KernelInfo.Reply(),
            ["execute_request"] = Execute,
            ["complete_request"] = completions.Reply,
            ["inspect_request"] = inspection.Reply,
            ["history_request"] = history.Reply,
            ["is_complete_request"] = Completeness.Reply,
            ["comm_info_request"] = _ => new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() },
            ["interrupt_request"] = Interrupt,
            ["shutdown_request"] = ShutDown,
        };
    }

    /// <summary>Serves until a client shuts the kernel down, or <see cref="Stop"/>.</summary>
    public void Run()
    {
        sockets.Start();
        ioPub.Status("starting", null);
        new Thread(WorkOff) { IsBackground = true, Name = "cells" }.Start();
        ended.Wait();
    }

    /// <summary>Ends <see cref="Run"/>.</summary>
    public void Stop() => ended.Set();

    /// <summary>Stops the cell that is running.</summary>
    public void Interrupt() => cells.Interrupt();

    public void Dispose()
    {
        ioPub.Flush();
        ioPub.Dispose();
        sockets.Dispose();
    }

    /// <summary>On the sockets' thread.</summary>
    private void Receive(Channel channel, JupyterMessage message)
    {
        switch (channel)
        {
            case Channel.Stdin when message.Type == "input_reply": keyboard.Answered(message); break;
            case Channel.Shell: waiting.Add((++arrivals, message)); break;
            // A cell would run beside the one that the shell channel runs, in the same session.
            case Channel.Control when message.Type != "execute_request": Answer(channel, message); break;
            default: Log.Write($"'{message.Type}' isn't expected on the {channel} channel"); break;
        }
    }

    private void WorkOff()
    {
        foreach ((long arrival, JupyterMessage message) in waiting.GetConsumingEnumerable())
        {
            if (message.Type == "execute_request" && arrival <= abortedUntil) Abort(message);
            else Answer(Channel.Shell, message);
        }
    }

    private void Answer(Channel channel, JupyterMessage request)
    {
        if (!answers.TryGetValue(request.Type, out Func<JupyterMessage, JsonObject>? answer))
        {
            if (request.Type == "comm_open") RefuseComm(request);
            else if (!request.Type.StartsWith("comm_", StringComparison.Ordinal)) Log.Write($"'{request.Type}' isn't a request that this kernel knows");
            return;
        }
        ioPub.Status("busy", request);
        JsonObject content = ContentOf(answer, request);
        if (request.Type == "execute_request" && content["status"]?.GetValue<string>() == "error" && request.Flag("stop_on_error", true))
            // Cells that the user sent together with the failed one were meant to run after its success.
            abortedUntil = Interlocked.Read(ref arrivals);
        sockets.Reply(channel, request, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), content);
        ioPub.Status("idle", request);
    }

    private static JsonObject ContentOf(Func<JupyterMessage, JsonObject> answer, JupyterMessage request)
    {
        try
        {
            return answer(request);
        }
#pragma warning disable CA1031 // A request that can't be answered must not end the kernel and the student's variables with it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.Write($"'{request.Type}' failed: {error}");
            return new JsonObject { ["status"] = "error", ["ename"] = error.GetType().Name, ["evalue"] = error.Message, ["traceback"] = new JsonArray() };
        }
    }

    private JsonObject Execute(JupyterMessage request)
    {
        Task.WaitAny(warm); // should it have failed, the cell will say why
        JsonObject reply = cells.Run(request);
        if (request.Flag("allow_stdin", false)) completions.Prepare(); // a person sits there
        return reply;
    }

    private void Abort(JupyterMessage request)
    {
        ioPub.Status("busy", request);
        sockets.Reply(Channel.Shell, request, "execute_reply", new JsonObject { ["status"] = "aborted" });
        ioPub.Status("idle", request);
    }

    /// <summary>There are no widgets: a client that opens a channel for one learns it at once.</summary>
    private void RefuseComm(JupyterMessage request) =>
        ioPub.Tell("comm_close", request, new JsonObject { ["comm_id"] = request.Text("comm_id") ?? "", ["data"] = new JsonObject() });

    private JsonObject Interrupt(JupyterMessage request)
    {
        cells.Interrupt();
        return new JsonObject { ["status"] = "ok" };
    }

    private JsonObject ShutDown(JupyterMessage request)
    {
        cells.Interrupt();
        // The reply is on its way before the sockets close: closing sends what waits.
        ThreadPool.QueueUserWorkItem(_ => { Thread.Sleep(50); Stop(); });
        return new JsonObject { ["status"] = "ok", ["restart"] = request.Flag("restart", false) };
    }
}
