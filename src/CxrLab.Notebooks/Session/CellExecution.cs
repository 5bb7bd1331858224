using System.Reflection;
using Microsoft.CodeAnalysis.Scripting;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// Runs a compiled cell so that it can be stopped. Only the cell's own code runs under the abort, never the compiler, whose caches
/// must survive it; and the script's state is kept, so what the cell declared before it was stopped stays declared.
/// </summary>
internal sealed class CellExecution : IDisposable
{
    // Roslyn's own stopping looks at the token between cells only. Its compiled cell sits in this field; the version is pinned.
    private static readonly FieldInfo Executor = typeof(Script<object?>).GetField("_lazyExecutor", BindingFlags.NonPublic | BindingFlags.Instance)
        ?? throw new MissingFieldException("Script<T>._lazyExecutor is gone: this version of Microsoft.CodeAnalysis.Scripting needs another way to stop a cell.");
    private static readonly MethodInfo Compile = typeof(Script<object?>).GetMethod("GetExecutor", BindingFlags.NonPublic | BindingFlags.Instance)
        ?? throw new MissingMethodException("Script<T>.GetExecutor is gone: this version of Microsoft.CodeAnalysis.Scripting needs another way to stop a cell.");
    private StoppableThread? main;

    /// <summary>
    /// Whether the last cell came far enough to exist. If it was stopped before, later cells can't follow it: they would read variables
    /// of an object that isn't there.
    /// </summary>
    public bool Began { get; private set; } = true;

    /// <summary>Compiles the script now and makes its run stoppable.</summary>
    /// <exception cref="CompilationErrorException">It doesn't compile.</exception>
    public void MakeStoppable(Script<object?> script, CancellationToken stop)
    {
        var compiled = (Func<object[], Task<object?>>)Compile.Invoke(script, BindingFlags.DoNotWrapExceptions, null, [CancellationToken.None], null)!;
        Executor.SetValue(script, (Func<object[], Task<object?>>)(submissions => Run(submissions, compiled, stop)));
    }

    /// <summary>Runs other code of the cell, such as a lazy sequence that is its result, on the cells' thread when it can be stopped.</summary>
    public void Invoke(Action action, CancellationToken stop)
    {
        if (!stop.CanBeCanceled)
        {
            action();
            return;
        }
        var work = new Task(action, CancellationToken.None); // flows the cell's context to the thread
        Main().Run(() => work.RunSynchronously(new StoppableScheduler(stop)), aborts: true, stop).GetAwaiter().GetResult();
        work.GetAwaiter().GetResult();
    }

    /// <summary>All cells begin on one thread, as long as none is stopped: TorchSharp counts tensors and scopes per thread.</summary>
    private async Task<object?> Run(object[] submissions, Func<object[], Task<object?>> cell, CancellationToken stop)
    {
        int before = submissions.Count(submission => submission is not null);
        var beginning = new Task<Task<object?>>(() => cell(submissions), CancellationToken.None); // flows this context to the thread
        try
        {
            stop.ThrowIfCancellationRequested();
            await Main().Run(() => beginning.RunSynchronously(new StoppableScheduler(stop)), aborts: true, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (beginning.IsCompletedSuccessfully)
        {
            // It had got to its first await, or to its end, when it was stopped.
        }
        finally
        {
            Began = submissions.Count(submission => submission is not null) > before;
        }
        return await (await beginning.ConfigureAwait(false)).WaitAsync(stop).ConfigureAwait(false);
    }

    private StoppableThread Main()
    {
        if (main is null or { IsSpent: true }) main = new StoppableThread();
        return main;
    }

    public void Dispose() => main?.Retire();
}
