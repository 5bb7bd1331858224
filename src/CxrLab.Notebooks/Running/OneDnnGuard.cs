namespace CxrLab.Notebooks.Running;

/// <summary>
/// oneDNN 3.7.1 computes wrong convolutions where a machine hides its CPU caches (some virtual machines and containers do). Limiting
/// its instructions cures it, but it reads the limit once, at its first convolution; so it stands in the child's environment from the
/// start, whichever library a notebook touches first.
/// </summary>
internal static class OneDnnGuard
{
    private const string Variable = "ONEDNN_MAX_CPU_ISA";

    public static void Set(IDictionary<string, string?> environment) =>
        Set(environment, cachesVisible: !OperatingSystem.IsLinux() || Directory.Exists("/sys/devices/system/cpu/cpu0/cache/index0"));

    /// <summary>A value that the user has set wins.</summary>
    internal static void Set(IDictionary<string, string?> environment, bool cachesVisible)
    {
        if (!cachesVisible) environment.TryAdd(Variable, "SSE41");
    }
}
