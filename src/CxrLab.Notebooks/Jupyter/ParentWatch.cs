using System.Diagnostics;
using System.Globalization;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// Jupyter names its own process in <c>JPY_PARENT_PID</c>. A kernel whose server was killed hears nothing of it on its sockets and
/// would stay for ever, so it looks once a second.
/// </summary>
internal static class ParentWatch
{
    private const string Variable = "JPY_PARENT_PID";

    /// <param name="gone">Called once, on a thread of its own, when the parent has ended.</param>
    public static void Start(Action gone)
    {
        if (!long.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out long parent) || parent <= 1) return;
        var thread = new Thread(() =>
        {
            if (OperatingSystem.IsWindows()) WaitForHandle(parent);
            else WaitForProcess((int)parent);
            gone();
        })
        { IsBackground = true, Name = "parent watch" };
        thread.Start();
    }

    private static void WaitForProcess(int id)
    {
        try
        {
            using var parent = Process.GetProcessById(id);
            // An id is given to another process in time; the start tells them apart.
            DateTime start = parent.StartTime;
            while (IsThere(id, start)) Thread.Sleep(1000);
        }
        catch (ArgumentException)
        {
            // It had ended before we looked.
        }
    }

    private static bool IsThere(int id, DateTime start)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && process.StartTime == start;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>On Windows the variable holds a handle of the parent that was inherited for waiting.</summary>
    private static void WaitForHandle(long handle)
    {
        using var wait = new EventWaitHandle(false, EventResetMode.ManualReset);
        wait.SafeWaitHandle = new Microsoft.Win32.SafeHandles.SafeWaitHandle((nint)handle, ownsHandle: true);
        wait.WaitOne();
    }
}
