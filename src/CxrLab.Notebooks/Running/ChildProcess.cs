using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace CxrLab.Notebooks.Running;

/// <summary>Starts the child, hands it its task and passes its messages on.</summary>
internal static class ChildProcess
{
    internal const string Command = "run-child";

    /// <returns>Null when the child ended by itself and well; else what happened to it.</returns>
    internal static string? Run(ChildTask task, TimeSpan limit, Action<ChildMessage> onMessage, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = StartInfo() };
        process.Start();
        void KillWithUs(object? sender, EventArgs e) => Kill(process);
        AppDomain.CurrentDomain.ProcessExit += KillWithUs;
        try
        {
            process.StandardInput.WriteLine(JsonSerializer.Serialize(task));
            process.StandardInput.Flush();
            Task<string> complaints = process.StandardError.ReadToEndAsync(CancellationToken.None);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            stop.CancelAfter(limit);
            using CancellationTokenRegistration killing = stop.Token.Register(() => Kill(process));
            while (process.StandardOutput.ReadLine() is string line)
                if (ChildMessage.FromLine(line) is { } message) onMessage(message);
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            if (stop.IsCancellationRequested) return $"stopped after {limit.TotalSeconds:F0} s";
            return process.ExitCode is 0 or 1 ? null : $"the process ended with code {process.ExitCode}{LastWords(complaints.GetAwaiter().GetResult())}";
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= KillWithUs;
            Kill(process);
        }
    }

    private static ProcessStartInfo StartInfo()
    {
        string program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(program) != "cxrnb") start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "cxrnb.dll"));
        start.ArgumentList.Add(Command);
        // oneDNN computes wrong convolutions where a CPU hides its caches; the limit must stand before libtorch is loaded.
        bool cachesHidden = OperatingSystem.IsLinux() && !Directory.Exists("/sys/devices/system/cpu/cpu0/cache/index0");
        if (cachesHidden) start.Environment.TryAdd("ONEDNN_MAX_CPU_ISA", "SSE41");
        start.Environment.TryAdd("THP_MEM_ALLOC_ENABLE", "1");
        return start;
    }

    private static string LastWords(string complaints)
    {
        string? line = complaints.Split('\n').FirstOrDefault(text => text.Trim().Length > 0 && !text.Contains("NNPACK", StringComparison.Ordinal));
        return line is null ? "" : $": {line.Trim()}";
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended between the question and the act; that is what was wanted.
        }
    }
}
