using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace CxrLab.Tests;

/// <summary>PyTorch itself as the judge, where Debian's <c>python3-torch</c> is installed; without it, the tests that ask are skipped.</summary>
internal static class PythonTorch
{
    private const string Interpreter = "/usr/bin/python3";

    private static readonly Lazy<string?> Missing = new(() =>
    {
        if (!File.Exists(Interpreter)) return $"There is no {Interpreter}.";
        try
        {
            (int code, _, string error) = Start("import torch");
            return code == 0 ? null : "Debian's python3-torch isn't installed: " + error.Trim().Split('\n')[^1];
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return error.Message;
        }
    });

    /// <summary>Runs a script with the arguments in <c>sys.argv</c> and reads what it prints as JSON.</summary>
    internal static JsonElement Run(string script, params string[] arguments)
    {
        if (Missing.Value is { } reason) Assert.Skip(reason);
        (int code, string output, string error) = Start(script, arguments);
        Assert.True(code == 0, error);
        return JsonDocument.Parse(output.Length == 0 ? "null" : output).RootElement;
    }

    private static (int Code, string Output, string Error) Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-c", script, .. arguments]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
