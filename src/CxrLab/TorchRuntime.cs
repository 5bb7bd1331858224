using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace CxrLab;

/// <summary>Loads libtorch, guards this machine against wrong convolutions, chooses the device and seeds.</summary>
public static partial class TorchRuntime
{
    /// <summary>The environment variable that limits the instructions oneDNN may use.</summary>
    public const string GuardVariable = "ONEDNN_MAX_CPU_ISA";

    /// <summary>The widest instruction set with which oneDNN 3.7.1 was right in every measured shape on a CPU with hidden caches.</summary>
    public const string GuardValue = "SSE41";

    private static readonly Lock Gate = new();
    private static bool guarded, loaded;
    private static string? loadError, nativePath;

    /// <summary>What the guard did when the library was loaded.</summary>
    public static GuardState Guard { get; private set; } = GuardState.NotNeeded;

    /// <summary>Why libtorch couldn't be loaded, or null where it was; tables and metrics work without it. Loads it when that hasn't happened yet.</summary>
    public static string? LoadError
    {
        get
        {
            Prepare();
            return loadError;
        }
    }

    /// <summary>Full path of TorchSharp's native library where CxrLab loaded it itself; null where TorchSharp's own search found it. Loads it when that hasn't happened yet.</summary>
    public static string? NativePath
    {
        get
        {
            Prepare();
            return nativePath;
        }
    }

    /// <summary>Whether this machine shows its CPU caches; where it hides them, oneDNN computes wrong convolutions.</summary>
    public static bool CachesVisible => !OperatingSystem.IsLinux() || Directory.Exists("/sys/devices/system/cpu/cpu0/cache/index0");

    /// <summary>
    /// Sets the guard and loads the native library. It runs by itself: the guard as soon as any type of CxrLab is used, the library as
    /// soon as TorchSharp is. Call it yourself only in a program that uses TorchSharp before CxrLab, because oneDNN reads the guard
    /// once, at its first convolution.
    /// </summary>
    public static void Prepare()
    {
        lock (Gate)
        {
            SetGuardOnce();
            if (loaded) return;
            loaded = true;
            LoadNative();
        }
    }

    /// <summary><c>cuda</c> where a GPU is available, else <c>cpu</c>. Pass it on explicitly; CxrLab keeps no ambient device.</summary>
    /// <exception cref="DllNotFoundException">libtorch isn't loaded; the message says why and what to do.</exception>
    public static torch.Device BestDevice()
    {
        RequireLoaded();
        return torch.cuda.is_available() ? torch.CUDA : torch.CPU;
    }

    /// <summary>Seeds TorchSharp's generators on all devices: weights and dropout drawn after this call repeat.</summary>
    /// <exception cref="DllNotFoundException">libtorch isn't loaded; the message says why and what to do.</exception>
    public static void SeedAll(long seed)
    {
        RequireLoaded();
        torch.manual_seed(seed);
        if (torch.cuda.is_available()) torch.cuda.manual_seed_all(seed);
    }

#pragma warning disable CA2255 // A library's module initializer is the one moment that surely comes before the first convolution.
    [ModuleInitializer]
    internal static void Initialize()
    {
        lock (Gate) SetGuardOnce();
        // Reading a table needs no network: libtorch, some 100 MB of memory, waits until TorchSharp itself is loaded.
        AppDomain.CurrentDomain.AssemblyLoad += (_, loading) => PrepareWith(loading.LoadedAssembly);
        foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies()) PrepareWith(assembly);
    }
#pragma warning restore CA2255

    private static void PrepareWith(Assembly assembly)
    {
        if (assembly.GetName().Name == "TorchSharp") Prepare();
    }

    private static void SetGuardOnce()
    {
        if (guarded) return;
        guarded = true;
        Guard = SetGuard(CachesVisible);
        BeFrugal();
    }

    internal static GuardState SetGuard(bool cachesVisible)
    {
        // Managed Environment.SetEnvironmentVariable doesn't reach native code on Linux; read and write through libc.
        if (!OperatingSystem.IsLinux()) return GuardState.NotNeeded;
        if (Marshal.PtrToStringUTF8(GetEnv(GuardVariable)) is not null) return GuardState.SetByUser;
        if (cachesVisible) return GuardState.NotNeeded;
        if (SetEnv(GuardVariable, GuardValue, 0) != 0)
            throw new InvalidOperationException($"libc refused to set {GuardVariable}; start the program with {GuardVariable}={GuardValue} in its environment.");
        return GuardState.SetByCxrLab;
    }

    /// <summary>
    /// Two settings that change speed only; a user's own choice stands. Huge pages: activations of some ten megabytes are allocated
    /// anew at every step, and touching them in 4 kB pages costs a virtual machine more than the arithmetic. Passive waiting: OpenMP's
    /// threads otherwise spin while they wait, and on a machine that is busy with something else they take the time of those who
    /// work. Measured, a training step became 2 to 5 times faster by each.
    /// </summary>
    private static void BeFrugal()
    {
        if (!OperatingSystem.IsLinux()) return;
        _ = SetEnv("THP_MEM_ALLOC_ENABLE", "1", 0);
        _ = SetEnv("OMP_WAIT_POLICY", "PASSIVE", 0);
    }

    /// <summary>
    /// A script host looks for TorchSharp's native library beside TorchSharp.dll only; loading it by its full path first
    /// lets every host find it. On CUDA builds and where the file isn't there TorchSharp's own search goes on as usual.
    /// </summary>
    private static void LoadNative()
    {
        string folder = Path.GetDirectoryName(typeof(TorchRuntime).Assembly.Location) ?? "";
        nativePath = Candidates(folder).FirstOrDefault(File.Exists);
        if (nativePath is null) return;
        try
        {
            NativeLibrary.Load(nativePath);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            // Not thrown here: it would make even the tables of CxrLab unusable, and hide the cause in a type initializer.
            loadError = $"{nativePath} is there but can't be loaded: {error.Message}";
        }
    }

    private static void RequireLoaded()
    {
        if (LoadError is not null)
            throw new DllNotFoundException($"{LoadError} environment.md lists the systems that are supported; 'cxrlab doctor' shows what was found.");
    }

    private static IEnumerable<string> Candidates(string folder)
    {
        (string rid, string name) = OperatingSystem.IsWindows() ? ("win-x64", "LibTorchSharp.dll")
            : OperatingSystem.IsMacOS() ? ("osx-arm64", "libLibTorchSharp.dylib")
            : ("linux-x64", "libLibTorchSharp.so");
        yield return Path.Combine(folder, "runtimes", rid, "native", name);
        yield return Path.Combine(folder, name); // published for one runtime
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnv(string name);
}

/// <summary>What <see cref="TorchRuntime"/> did about oneDNN's wrong convolutions.</summary>
public enum GuardState
{
    /// <summary>The CPU shows its caches, or this isn't Linux: nothing was set.</summary>
    NotNeeded,

    /// <summary>CxrLab limited oneDNN to instructions with which it computes right.</summary>
    SetByCxrLab,

    /// <summary>The user had set the variable already; his value stands.</summary>
    SetByUser,
}
