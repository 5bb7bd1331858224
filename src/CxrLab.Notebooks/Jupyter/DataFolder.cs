namespace CxrLab.Notebooks.Jupyter;

/// <summary>Where Jupyter looks for kernels (its documentation, "Kernel specs" and "Common directories").</summary>
internal static class DataFolder
{
    /// <summary>The current user's folder: <c>JUPYTER_DATA_DIR</c>, else the system's custom.</summary>
    public static string OfUser()
    {
        if (Variable("JUPYTER_DATA_DIR") is string own) return Path.GetFullPath(own);
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "jupyter");
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
        return Path.Combine(Variable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "jupyter");
    }

    /// <summary>The folder of a Python environment or of a system-wide installation, such as <c>/usr/local</c>.</summary>
    public static string OfPrefix(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
