using System.Diagnostics;
using System.Runtime.InteropServices;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Tests.Support;

/// <summary>Starts the real program.</summary>
internal static class Cli
{
    /// <summary>The program and the arguments that start it.</summary>
    public static string[] Program =>
        [Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", "dotnet")), "exec", typeof(Notebook).Assembly.Location];

    public sealed record Result(int ExitCode, string Out, string Error);

    public static async Task<Result> Run(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(6)).Token);
        return new Result(process.ExitCode, await output, await error);
    }

    public static Process Start(string folder, params string[] arguments) => Start(folder, [], arguments);

    public static Process Start(string folder, (string Name, string Value)[] environment, params string[] arguments)
    {
        var info = new ProcessStartInfo(Program[0], [.. Program[1..], .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) info.Environment[name] = value;
        return Process.Start(info)!;
    }

    /// <summary>Whether a process is still there; a file holds its id, because a cell wrote it.</summary>
    public static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
