using Spectre.Console;

namespace CxrLab.Cli;

/// <summary>A progress bar on a terminal; nothing where the output goes to a file.</summary>
internal static class Progress
{
    /// <summary>A bar that only says that something goes on, and for how long; for work that can't tell its share.</summary>
    internal static T While<T>(string what, Func<T> work)
    {
        if (Console.IsErrorRedirected || Console.IsOutputRedirected) return work();
        return AnsiConsole.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn()).Start(context =>
        {
            context.AddTask(what).IsIndeterminate = true;
            return work();
        });
    }

    /// <param name="what">A word for what goes on.</param>
    /// <param name="work">Reports the share done, in [0, 1].</param>
    internal static void Run(string what, Action<Action<double>> work)
    {
        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
        {
            work(_ => { });
            return;
        }

        AnsiConsole.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask(what, maxValue: 1);
            work(share => task.Value = share);
        });
    }
}
