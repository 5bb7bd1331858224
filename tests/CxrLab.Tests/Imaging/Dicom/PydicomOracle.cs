using System.Diagnostics;
using System.Text.Json;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Imaging.Dicom;

/// <summary>Numbers that pydicom computes on the spot, for its own test files and for 400 odd ones; without pydicom the tests are skipped.</summary>
public sealed class PydicomOracle : IDisposable
{
    private readonly TempFolder folder = new();

    public PydicomOracle()
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Golden", "pydicom_oracle.py");
        string? python = new[] { "/usr/bin/python3", "python3", "python" }.FirstOrDefault(name => Run(name, ["-c", "import pydicom, numpy, PIL"]) == 0);
        if (python is null) return;
        Xunit.Assert.Equal(0, Run(python, [script, folder.File("oracle")]));
        Files = JsonDocument.Parse(File.ReadAllText(folder.File("oracle/index.json"))).RootElement.GetProperty("files").EnumerateArray().ToArray();
    }

    private JsonElement[]? Files { get; }

    internal JsonElement[] Require()
    {
        if (Files is null) Assert.Skip("No Python with pydicom, numpy and PIL on this machine (Debian: python3-pydicom, python3-pil).");
        return Files;
    }

    internal static double[] Numbers(JsonElement file, string step)
    {
        byte[] bytes = File.ReadAllBytes(file.GetProperty(step).GetString()!);
        var numbers = new double[bytes.Length / 8];
        Buffer.BlockCopy(bytes, 0, numbers, 0, bytes.Length);
        return numbers;
    }

    public void Dispose() => folder.Dispose();

    private static int Run(string program, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) Console.Error.WriteLine(errors.Result);
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
