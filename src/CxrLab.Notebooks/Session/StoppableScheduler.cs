using System.Collections.Concurrent;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// Runs what follows an await of a cell on threads that can be stopped. There is no queue: each continuation gets a thread at once, so
/// <c>task.Wait()</c> in a cell can't deadlock, as it would with a synchronisation context.
/// </summary>
internal sealed class StoppableScheduler(CancellationToken stop) : TaskScheduler
{
    private static readonly ConcurrentBag<StoppableThread> Idle = [];

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    /// <summary>After the stop nothing begins any more, so an abandoned await never wakes its cell up again.</summary>
    protected override void QueueTask(Task task)
    {
        if (stop.IsCancellationRequested) return;
        StoppableThread thread = Idle.TryTake(out StoppableThread? idle) ? idle : new StoppableThread();
        thread.Run(() => TryExecuteTask(task), aborts: false, stop)
            .ContinueWith(_ => GiveBack(thread), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, Default);
    }

    /// <summary>A timer or the thread pool would run what it has completed itself, where it couldn't be stopped.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        StoppableThread.IsCurrent && !taskWasPreviouslyQueued && TryExecuteTask(task);

    private static void GiveBack(StoppableThread thread)
    {
        if (!thread.IsSpent) Idle.Add(thread);
    }
}
