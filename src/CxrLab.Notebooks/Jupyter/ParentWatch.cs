using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// Jupyter names its own process in <c>JPY_PARENT_PID</c>; where nobody did, it is the process that started the kernel. A kernel whose
/// server was killed hears nothing of it on its sockets and would stay for ever, so it looks once a second.
/// </summary>
internal static partial class ParentWatch
{
    private const string Variable = "JPY_PARENT_PID";

    /// <param name="gone">Called once, on a thread of its own, when the parent has ended.</param>
    public static void Start(Action gone)
    {
        _ = long.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out long named);
        int starter = OperatingSystem.IsWindows() ? 0 : GetParent();
        if (named <= 1 && starter <= 1) return; // nobody's child from the beginning, as in a container
        var thread = new Thread(() =>
        {
            if (named <= 1) WaitForStarter(starter);
            else if (OperatingSystem.IsWindows()) WaitForHandle(named);
            else WaitForProcess((int)named);
            gone();
        })
        { IsBackground = true, Name = "parent watch" };
        thread.Start();
    }

    /// <summary>The system gives an orphan another parent.</summary>
    private static void WaitForStarter(int id)
    {
        while (GetParent() == id) Thread.Sleep(1000);
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

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParent();
}
