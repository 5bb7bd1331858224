using System.Diagnostics;
using CxrLab.Models;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models.Oracle;

/// <summary>
/// A Python process with torchvision that answers for all tests of a class, because its imports take longer than its work.
/// Without Python, torch and torchvision the tests are skipped. <c>CXRLAB_PYTHON</c> names another interpreter.
/// </summary>
public sealed class TorchvisionOracle : IDisposable
{
    private static readonly string Python = Environment.GetEnvironmentVariable("CXRLAB_PYTHON") ?? "/usr/bin/python3";
    private readonly TempFolder folder = new();
    private Process? process;

    /// <summary>The network's weights as a file, and an input with torchvision's answers, in the caller's dispose scope.</summary>
    internal (string Weights, IReadOnlyDictionary<string, Tensor> Expected) Ask(string architecture)
    {
        process ??= Start();
        process.StandardInput.WriteLine(architecture);
        string? reply = process.StandardOutput.ReadLine();
        if (reply != $"done {architecture}") throw new InvalidOperationException($"The oracle said '{reply}': {process.StandardError.ReadToEnd()}");
        return (folder.File($"{architecture}.safetensors"), SafeTensors.Load(folder.File($"{architecture}.expected.safetensors")).Tensors);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (process is not null)
        {
            process.StandardInput.Close(); // the end of its input ends it
            if (!process.WaitForExit(10_000)) process.Kill();
            process.Dispose();
        }

        folder.Dispose();
    }

    private Process Start()
    {
        using (Process? probe = File.Exists(Python) ? Process.Start(Settings("-c", "import importlib.util as u, sys; sys.exit(not (u.find_spec('torch') and u.find_spec('torchvision')))")) : null)
        {
            probe?.WaitForExit();
            if (probe is not { ExitCode: 0 }) Assert.Skip($"{Python} with torch and torchvision isn't here (Debian: python3-torch, python3-torchvision).");
        }

        string script = Path.Combine(Sample.Repository, "tests", "CxrLab.Tests", "Models", "Oracle", "torchvision_oracle.py");
        return Process.Start(Settings(script, folder.File(".")))!;
    }

    private static ProcessStartInfo Settings(params string[] arguments) => new(Python, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
