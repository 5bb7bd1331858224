using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CxrLab.Notebooks.Running;

/// <summary>
/// The child and every process that its cells start, as one group of the operating system: after a crash of the child nothing else
/// would tell which processes were its own. On Windows the tree of the living child has to do.
/// </summary>
internal static partial class ProcessGroup
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const nint Ignore = 1;

    /// <summary>Called by the child as its first act. Ctrl-C in the terminal then reaches the parent only, which decides.</summary>
    public static void Found()
    {
        if (!OperatingSystem.IsWindows() && SetGroup(0, 0) != 0)
            throw new InvalidOperationException($"The process couldn't found its own group (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <summary>As <see cref="Found"/>, for a process whose starter may have done it already, as Jupyter does for its kernels.</summary>
    public static void FoundUnlessThere()
    {
        if (!OperatingSystem.IsWindows() && GetGroup(0) != Environment.ProcessId) Found();
    }

    /// <summary>Asks all that this process started to end, as its own last act: from here on it doesn't hear that signal itself.</summary>
    public static void TerminateStarted()
    {
        if (OperatingSystem.IsWindows() || GetGroup(0) != Environment.ProcessId) return;
        _ = OnSignal(SigTerm, Ignore);
        _ = Kill(0, SigTerm);
    }

    /// <summary>Ends the child and all that it started; one that has gone already is no error.</summary>
    public static void End(Process child)
    {
        if (!child.HasExited) child.Kill(entireProcessTree: true);
        if (!OperatingSystem.IsWindows()) _ = Kill(-child.Id, SigKill);
    }

    /// <summary>Ends this process and all that it started, at once: an orderly exit could wait for the very cell that hangs.</summary>
    public static void EndOwn()
    {
        if (!OperatingSystem.IsWindows()) _ = Kill(0, SigKill);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    [LibraryImport("libc", EntryPoint = "setpgid", SetLastError = true)]
    private static partial int SetGroup(int process, int group);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint OnSignal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "getpgid")]
    private static partial int GetGroup(int process);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
