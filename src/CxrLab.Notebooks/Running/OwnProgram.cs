using System.Runtime.InteropServices;

namespace CxrLab.Notebooks.Running;

/// <summary>
/// How this program is started again: through the runtime that runs it now, which works from a test, a build folder and a published
/// folder alike, without a search path; or by its own executable where that holds the runtime.
/// </summary>
internal static class OwnProgram
{
    /// <returns>The words of the command line before the arguments.</returns>
    public static IReadOnlyList<string> Start()
    {
        string host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(host) ? [host, "exec", typeof(OwnProgram).Assembly.Location] : [Environment.ProcessPath!];
    }
}
