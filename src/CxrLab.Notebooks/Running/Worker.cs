using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text.Json;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Running;

/// <summary>
/// The child process of a run: one notebook, then the end. It lives on its own so that a notebook starts with fresh native state,
/// its peak memory can be measured, and a native abort ends it alone.
/// </summary>
internal static class Worker
{
    /// <summary>The hidden command that starts it.</summary>
    public const string Command = "__worker";

    public static int Run(string jobPipe, string eventPipe)
    {
        ProcessGroup.Found();
        using var jobs = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, jobPipe));
        using var events = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, eventPipe)) { AutoFlush = true };
        Job job = JsonSerializer.Deserialize<Job>(jobs.ReadLine() ?? throw new InvalidOperationException("The parent sent no job."))!;
        DieWithParent(jobs);
        // One notebook gives one text on every machine, whatever the system's language.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Directory.SetCurrentDirectory(job.Folder);
        RunCells(job, item => Send(events, item));
        // Threads that a cell left behind must not keep the process alive.
        Environment.Exit(0);
        return 0;
    }

    private static void RunCells(Job job, Action<WorkerEvent> send)
    {
        int current = 0;
        using var session = new ScriptSession(job.Folder, output => send(new WorkerEvent(EventKind.Output, current, output)));
        session.WarmUp();
        send(new WorkerEvent(EventKind.Ready, PeakBytes: PeakBytes()));
        foreach (JobCell cell in job.Cells)
        {
            current = cell.Code.Number;
            send(new WorkerEvent(EventKind.CellStarted, current));
            var clock = Stopwatch.StartNew();
            CellFailure? failure = session.Run(cell.Code);
            bool ends = failure is not null && !cell.MayFail;
            send(new WorkerEvent(EventKind.CellEnded, current, Seconds: clock.Elapsed.TotalSeconds,
                Failure: ends ? failure!.Headline(current) : null, PeakBytes: PeakBytes()));
            if (ends) break;
        }
        send(new WorkerEvent(EventKind.Finished, PeakBytes: PeakBytes()));
    }

    private static void Send(StreamWriter events, WorkerEvent item)
    {
        string line = JsonSerializer.Serialize(item);
        lock (events) events.WriteLine(line); // a cell's own threads write outputs too
    }

    /// <summary>The parent never writes again: the end of its pipe means that it has gone, however it went.</summary>
    private static void DieWithParent(StreamReader lifeline)
    {
        var thread = new Thread(() =>
        {
            lifeline.Read();
            ProcessGroup.EndOwn();
        })
        { IsBackground = true, Name = "lifeline" };
        thread.Start();
    }

    private static long PeakBytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
