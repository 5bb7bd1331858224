using System.Diagnostics;
using System.Runtime;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// A thread whose work can be stopped from outside, even in the middle of <c>while (true) { }</c>. The runtime can abort a thread once
/// only: on a second time it waits for ever. So a thread that was told to stop takes no more work, and its owner makes another.
/// </summary>
internal sealed class StoppableThread
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Gentle = TimeSpan.FromMilliseconds(250);
    [ThreadStatic]
    private static bool isCurrent;
    private readonly Thread thread;
    private readonly object wake = new();
    private volatile Work? next;
    private volatile bool isSpent;

    /// <param name="stackMegabytes">Room for a cell's recursion: a stack overflow ends the whole process.</param>
    public StoppableThread(int stackMegabytes = 16)
    {
        thread = new Thread(Loop, stackMegabytes << 20) { IsBackground = true, Name = "cell" };
        thread.UnsafeStart(); // it must not keep the making cell's context
    }

    private sealed record Work(Action Action, bool Aborts, TaskCompletionSource Done, CancellationToken Stop);

    /// <summary>Whether the running code can be stopped.</summary>
    public static bool IsCurrent => isCurrent;

    /// <summary>Whether it was told to stop, which it can be told once.</summary>
    public bool IsSpent => isSpent;

    /// <summary>Runs the action on this thread; one at a time.</summary>
    /// <param name="action">What to run.</param>
    /// <param name="stop">Stops it.</param>
    /// <param name="aborts">Whether code that goes on in spite of being woken is aborted. What follows an await mustn't be: the framework
    /// rethrows an abort there on a thread of its pool, which ends the process.</param>
    /// <returns>Ends when the action has: as cancelled if it was stopped, with the action's exception if it threw one.</returns>
    public Task Run(Action action, bool aborts, CancellationToken stop)
    {
        if (IsSpent || next is not null) throw new InvalidOperationException("This thread is spent or busy; take another.");
        next = new Work(action, aborts, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), stop);
        Task done = next.Done.Task;
        Wake();
        return done;
    }

    /// <summary>Lets the thread end when it is idle.</summary>
    public void Retire()
    {
        isSpent = true;
        Wake();
    }

    private void Wake()
    {
        lock (wake) Monitor.PulseAll(wake);
    }

    private void Loop()
    {
        isCurrent = true;
        while (!isSpent)
        {
            try
            {
                lock (wake)
                {
                    while (next is null && !isSpent) Monitor.Wait(wake);
                }
            }
            catch (ThreadInterruptedException)
            {
                return;
            }
            if (next is Work work) Do(work);
        }
    }

    private void Do(Work work)
    {
        // Whoever cancels must not wait until the thread is back in managed code, so a thread of its own does.
        var abort = new CancellationTokenSource();
        var ended = new CancellationTokenSource();
        CancellationTokenRegistration registration = work.Stop.Register(() =>
        {
            isSpent = true;
            new Thread(() => Stop(work.Aborts ? abort : null, ended.Token)) { IsBackground = true, Name = "stop" }.UnsafeStart();
        });
        Exception? failure = null;
        try
        {
#pragma warning disable SYSLIB0046 // The one way to stop managed code that doesn't look at a token; see the class's remark.
            if (work.Aborts) ControlledExecution.Run(work.Action, abort.Token);
#pragma warning restore SYSLIB0046
            else work.Action();
        }
#pragma warning disable CA1031 // It belongs to whoever waits for the work.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure = error;
        }
        Conclude(work, registration, ended, failure);
    }

    private void Conclude(Work work, CancellationTokenRegistration registration, CancellationTokenSource ended, Exception? failure)
    {
        while (true)
        {
            try
            {
                registration.Dispose();
                ended.Cancel();
                break;
            }
            catch (ThreadInterruptedException)
            {
                // Told to stop in the very moment in which the work ended.
            }
        }
        next = null;
        if (work.Stop.IsCancellationRequested && IsSpent) work.Done.TrySetCanceled(work.Stop);
        else if (failure is not null) work.Done.TrySetException(failure);
        else work.Done.TrySetResult();
    }

    /// <summary>
    /// First gently: what sleeps or waits is woken. Then by an abort, which can hit the framework's own code in the middle of a change
    /// (aborting a thread just while it made a timer broke all timers of the process), so it is kept for code that runs on and on.
    /// </summary>
    private void Stop(CancellationTokenSource? abort, CancellationToken ended)
    {
        var clock = Stopwatch.StartNew();
        while (!ended.WaitHandle.WaitOne(Poll))
        {
            if ((thread.ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0) thread.Interrupt();
            if (abort is null || clock.Elapsed < Gentle) continue;
            // The abort returns when the thread is back in managed code; waking goes on meanwhile.
            new Thread(abort.Cancel) { IsBackground = true, Name = "abort" }.UnsafeStart();
            abort = null;
        }
    }
}
