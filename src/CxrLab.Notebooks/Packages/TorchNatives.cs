using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CxrLab.Notebooks.Running;

namespace CxrLab.Notebooks.Packages;

/// <summary>
/// Prepares a TorchSharp that a cell brings as a package: in a script host it looks for its natives beside its own dll only, and on
/// systems older than GCC 13 its native library isn't loadable as shipped.
/// </summary>
internal static partial class TorchNatives
{
    private const string NewerThanDebian12 = "GLIBCXX_3.4.32";
    private const string Bridge = "libLibTorchSharp.so";

    /// <summary>
    /// Sets the guard against wrong convolutions, then loads libtorch and TorchSharp's own library by their full paths; the loader
    /// afterwards finds both by name.
    /// </summary>
    /// <param name="natives">Native files of the notebook's packages.</param>
    /// <param name="cache">Where the mended copy lies; the package cache stays as it is.</param>
    /// <returns>What went wrong, in a sentence, or null.</returns>
    public static string? Prepare(IReadOnlyList<string> natives, string cache)
    {
        SetGuard();
        if (!OperatingSystem.IsLinux() || natives.FirstOrDefault(file => Path.GetFileName(file) == Bridge) is not string bridge) return null;
        if (natives.FirstOrDefault(file => Path.GetFileName(file) == "libtorch.so") is not string torch)
            return "TorchSharp needs libtorch, which is a package of its own: add #r \"nuget: libtorch-cpu-linux-x64, 2.10.0\" (the version that fits TorchSharp 0.107.0).";
        try
        {
            NativeLibrary.Load(torch); // what it needs lies beside it
            NativeLibrary.Load(Mended(bridge, cache));
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            return $"TorchSharp's native library can't be loaded: {error.Message}";
        }
    }

    /// <summary>As for a child process (<see cref="OneDnnGuard"/>), but for this one; native code doesn't see what .NET alone has set.</summary>
    public static void SetGuard()
    {
        if (!OperatingSystem.IsLinux()) return;
        var wanted = new Dictionary<string, string?>();
        OneDnnGuard.Set(wanted);
        foreach ((string name, string? value) in wanted) _ = SetEnv(name, value!, overwrite: 0);
    }

    /// <summary>A private copy without the version need, made once for each content of the file.</summary>
    internal static string Mended(string file, string cache)
    {
        byte[] elf = File.ReadAllBytes(file);
        string folder = Path.Combine(cache, "natives", Convert.ToHexStringLower(SHA256.HashData(elf))[..16]);
        string copy = Path.Combine(folder, Path.GetFileName(file));
        if (File.Exists(copy)) return copy;
        ElfVersionNeeds.MarkWeak(elf, NewerThanDebian12);
        Directory.CreateDirectory(folder);
        string fresh = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(fresh, elf);
        File.Move(fresh, copy, overwrite: true); // whole or not at all, also with two sessions at once
        return copy;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}
