using System.Runtime.InteropServices;

namespace CxrLab.Notebooks.Running;

/// <summary>
/// oneDNN 3.7.1 computes wrong convolutions where a machine hides its CPU caches (some virtual machines and containers do). Limiting
/// its instructions cures it, but it reads the limit once, at its first convolution; so it stands in the child's environment from the
/// start, whichever library a notebook touches first.
/// </summary>
internal static partial class OneDnnGuard
{
    private const string Variable = "ONEDNN_MAX_CPU_ISA";

    public static void Set(IDictionary<string, string?> environment) =>
        Set(environment, cachesVisible: !OperatingSystem.IsLinux() || Directory.Exists("/sys/devices/system/cpu/cpu0/cache/index0"));

    /// <summary>
    /// For a process that nobody of ours has started, as a Jupyter kernel is. Native code doesn't see what .NET sets in its copy of the
    /// environment, hence the C library's own call.
    /// </summary>
    public static void SetHere()
    {
        if (!OperatingSystem.IsLinux()) return;
        Dictionary<string, string?> mine = [];
        Set(mine);
        foreach ((string name, string? value) in mine)
        {
            if (Environment.GetEnvironmentVariable(name) is not null) continue;
            Environment.SetEnvironmentVariable(name, value); // for processes that cells start
            _ = SetNative(name, value!, overwrite: 0);
        }
    }

    /// <summary>A value that the user has set wins.</summary>
    internal static void Set(IDictionary<string, string?> environment, bool cachesVisible)
    {
        if (!cachesVisible) environment.TryAdd(Variable, "SSE41");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
