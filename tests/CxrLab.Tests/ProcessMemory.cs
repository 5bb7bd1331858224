using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CxrLab.Tests;

/// <summary>
/// Resident memory of the whole process: native leaks don't show in TorchSharp's own statistics. Only for tests that run alone
/// (<see cref="GlobalGenerator"/>): what other tests hold would be counted too.
/// </summary>
internal static class ProcessMemory
{
    private const int Rounds = 3;

    /// <summary>
    /// MB that a round of work leaves behind. A leak grows with every round; what the allocator or oneDNN's caches keep at one moment
    /// and not at another doesn't, so a round above the limit is followed by another, and the last one counts.
    /// </summary>
    public static double GrowthOf(Action round, double limit)
    {
        double growth = double.PositiveInfinity;
        for (int i = 0; i < Rounds && growth > limit; i++)
        {
            double before = Resident();
            round();
            growth = Resident() - before;
        }

        return growth;
    }

    // The C library keeps what was freed for the next allocation, hundreds of MB after a large network's step: it is asked to give it back.
    private static double Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        if (OperatingSystem.IsLinux()) _ = TrimHeap(0);
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1e6;
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimHeap(nuint keep);
}
