using System.Diagnostics;
using System.IO.Pipes;
using System.Text.Json;

namespace CxrLab.Notebooks.Running;

/// <summary>The parent's end of one child: start, events, what native code printed, and a sure end.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int KeptLines = 40;
    private readonly AnonymousPipeServerStream jobs = new(PipeDirection.Out, HandleInheritability.Inheritable);
    private readonly AnonymousPipeServerStream events = new(PipeDirection.In, HandleInheritability.Inheritable);
    // Not WaitForExitAsync: that also waits for everyone who holds the child's output open, such as a process that a cell started.
    private readonly TaskCompletionSource exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;
    private readonly Queue<string> lastWords = new();
    private readonly StreamWriter job;
    private readonly StreamReader reports;

    private WorkerProcess(string folder)
    {
        process = new Process { StartInfo = StartInfo(jobs.GetClientHandleAsString(), events.GetClientHandleAsString(), folder) };
        // What native code prints doesn't pass through the cell's console. It is kept for the report of a crash.
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => exited.TrySetResult();
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        jobs.DisposeLocalCopyOfClientHandle();
        events.DisposeLocalCopyOfClientHandle();
        job = new StreamWriter(jobs) { AutoFlush = true };
        reports = new StreamReader(events);
    }

    /// <summary>Highest resident memory so far, for a child that can't report it because a cell is running; 0 when it has gone.</summary>
    public long PeakBytes
    {
        get
        {
            try
            {
                process.Refresh();
                return process.PeakWorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0; // it ended between two looks, which the caller learns from its pipe
            }
        }
    }

    /// <summary>The last lines that the process itself (the runtime, a native library) printed.</summary>
    public IReadOnlyList<string> LastWords
    {
        get { lock (lastWords) return [.. lastWords]; }
    }

    public static async Task<WorkerProcess> Start(Job job)
    {
        var worker = new WorkerProcess(job.Folder);
        await worker.job.WriteLineAsync(JsonSerializer.Serialize(job));
        return worker;
    }

    /// <summary>The child's next message; null when it has ended without another.</summary>
    public async Task<WorkerEvent?> Next(CancellationToken cancel)
    {
        Task<string?> line = reports.ReadLineAsync(cancel).AsTask();
        if (await Task.WhenAny(line, exited.Task) == exited.Task)
            await Task.WhenAny(line, Task.Delay(TimeSpan.FromSeconds(1), cancel)); // what was sent before the end
        cancel.ThrowIfCancellationRequested();
        return line.IsCompleted && await line is string text ? JsonSerializer.Deserialize<WorkerEvent>(text) : null;
    }

    /// <summary>Waits for the end and says what it was, as in <c>exit code 134, SIGABRT</c>.</summary>
    public async Task<string> Ending()
    {
        await exited.Task;
        await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(1))); // its last words
        string? signal = process.ExitCode switch
        {
            132 => "SIGILL",
            134 => "SIGABRT",
            136 => "SIGFPE",
            137 => "SIGKILL, perhaps out of memory",
            139 => "SIGSEGV",
            _ => null,
        };
        return signal is null ? $"exit code {process.ExitCode}" : $"exit code {process.ExitCode}, {signal}";
    }

    /// <summary>Gives a child that has finished the time to leave in order.</summary>
    public Task Leave() => Task.WhenAny(exited.Task, Task.Delay(TimeSpan.FromSeconds(2)));

    /// <summary>Nothing of the child is left after this, whatever it is doing, nor of the processes that its cells started.</summary>
    public async ValueTask DisposeAsync()
    {
        ProcessGroup.End(process);
        await Task.WhenAny(exited.Task, Task.Delay(TimeSpan.FromSeconds(5)));
        process.Dispose();
        await jobs.DisposeAsync();
        await events.DisposeAsync();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (lastWords)
        {
            lastWords.Enqueue(line);
            if (lastWords.Count > KeptLines) lastWords.Dequeue();
        }
    }

    private static ProcessStartInfo StartInfo(string jobPipe, string eventPipe, string folder)
    {
        IReadOnlyList<string> start = OwnProgram.Start();
        var info = new ProcessStartInfo(start[0], start.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (string argument in new[] { Worker.Command, jobPipe, eventPipe }) info.ArgumentList.Add(argument);
        OneDnnGuard.Set(info.Environment);
        // libtorch reads it at its first large tensor, which need not come through CxrLab. A value that the user has set wins.
        info.Environment.TryAdd("THP_MEM_ALLOC_ENABLE", "1");
        return info;
    }
}
