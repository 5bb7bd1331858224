using System.Globalization;
using System.Runtime.InteropServices;
using CxrLab.Imaging;
using TorchSharp;

namespace CxrLab.Cli.Doctor;

/// <summary>All checks of <c>cxrlab doctor</c>, in the order in which one depends on another.</summary>
internal static class MachineChecks
{
    private const double NeededMemory = 4, NeededDisk = 3; // GB for the lectures; a DenseNet-121 at 224 px needs about 3 of memory

    internal static IReadOnlyList<Check> Run()
    {
        var checks = new List<Check> { OperatingSystemCheck(), Processor(), Caches(), Libtorch() };
        if (checks[^1].State != CheckState.Wrong)
        {
            checks.Add(new("threads", $"{torch.get_num_threads()} for one operation, {torch.get_num_interop_threads()} side by side"));
            checks.Add(Device());
            checks.Add(Guard());
            checks.Add(Convolutions());
        }

        checks.Add(Codecs());
        checks.Add(Memory());
        checks.Add(Disk());
        return checks;
    }

    private static Check OperatingSystemCheck()
    {
        string found = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.FrameworkDescription}";
        return RuntimeInformation.RuntimeIdentifier is "linux-x64" or "debian.12-x64" || OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64
            ? new("system", found)
            : new("system", found, CheckState.Note, "Only Linux x64 is tested; Windows x64 and macOS arm64 are expected to work, others have no libtorch package.");
    }

    private static Check Processor()
    {
        string model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown model"
            : RuntimeInformation.ProcessArchitecture.ToString();
        return new("processor", $"{model}, {Environment.ProcessorCount} cores usable");
    }

    private static Check Caches() => TorchRuntime.CachesVisible
        ? new("cache topology", "visible")
        : new("cache topology", "hidden, as in many virtual machines: oneDNN computes wrong convolutions here unless it is limited", CheckState.Note);

    private static Check Libtorch()
    {
        if (TorchRuntime.LoadError is not null)
            return new("libtorch", TorchRuntime.LoadError, CheckState.Wrong, "Build again with 'dotnet build -c Release' (the build mends the file for older systems); environment.md lists supported systems.");
        try
        {
            return new("libtorch", $"{torch.__version__} (TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)})");
        }
        catch (Exception error) when (error is DllNotFoundException or NotSupportedException or TypeInitializationException or EntryPointNotFoundException)
        {
            return new("libtorch", (error.InnerException ?? error).Message.Split('\n')[0], CheckState.Wrong, "Restore and build again; on CUDA builds check that the driver and -p:CxrDevice=cuda fit.");
        }
    }

    private static Check Device() => new("device", torch.cuda.is_available()
        ? $"cuda, {torch.cuda.device_count()} GPU(s)"
        : "cpu (no GPU in use; environment.md tells how to switch CUDA on)");

    private static Check Guard()
    {
        string value = Environment.GetEnvironmentVariable(TorchRuntime.GuardVariable) ?? TorchRuntime.GuardValue;
        return TorchRuntime.Guard switch
        {
            GuardState.SetByCxrLab => new("oneDNN guard", $"in force: {TorchRuntime.GuardVariable}={TorchRuntime.GuardValue}"),
            GuardState.SetByUser => new("oneDNN guard", $"your own {TorchRuntime.GuardVariable}={value} stands", CheckState.Note),
            _ => new("oneDNN guard", "not needed"),
        };
    }

    private static Check Convolutions()
    {
        IReadOnlyList<ConvolutionFault> faults = ConvolutionSelfTest.Run(TorchRuntime.BestDevice());
        int shapes = ConvolutionSelfTest.Shapes.Count;
        return faults.Count == 0
            ? new("convolutions", $"{shapes} shapes right, forward and gradients, float32 against float64")
            : new("convolutions", string.Create(CultureInfo.InvariantCulture, $"{faults.Count} of {shapes} shapes wrong; worst: {faults[0].Shape}, {faults[0].Quantity}, relative error {faults[0].Error:G2}"),
                CheckState.Wrong, TorchRuntime.Guard == GuardState.SetByUser
                    ? $"Unset {TorchRuntime.GuardVariable}, or set it to {TorchRuntime.GuardValue}."
                    : $"Start programs with {TorchRuntime.GuardVariable}={TorchRuntime.GuardValue} in the environment, and please report this machine.");
    }

    private static Check Codecs()
    {
        try
        {
            var image = new GrayImage(2, 3, [0f, 1f / 65535, 0.25f, 0.5f, 0.75f, 1f]);
            GrayImage back = GrayImage.Decode(image.ToPng(16), "self-test");
            float worst = image.Pixels.ToArray().Zip(back.Pixels.ToArray(), (a, b) => Math.Abs(a - b)).Max();
            return worst < 1e-5
                ? new("image codecs", $"libvips {NetVips.NetVips.Version(0)}.{NetVips.NetVips.Version(1)}.{NetVips.NetVips.Version(2)}; 16-bit PNG keeps its bits")
                : new("image codecs", string.Create(CultureInfo.InvariantCulture, $"a 16-bit PNG came back with an error of {worst:G2}"), CheckState.Wrong, "Restore the NetVips packages of Directory.Packages.props again.");
        }
        catch (Exception error) when (error is DllNotFoundException or TypeInitializationException or ImageFormatException)
        {
            return new("image codecs", (error.InnerException ?? error).Message.Split('\n')[0], CheckState.Wrong, "libvips can't be loaded; restore and build again, and check that this system is supported (environment.md).");
        }
    }

    private static Check Memory()
    {
        double free = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        if (File.Exists("/proc/meminfo"))
        {
            string? line = File.ReadLines("/proc/meminfo").FirstOrDefault(text => text.StartsWith("MemAvailable:", StringComparison.Ordinal));
            if (line is not null) free = Math.Min(free, double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e9);
        }

        string found = string.Create(CultureInfo.InvariantCulture, $"{free:F1} GB free");
        return free >= NeededMemory ? new("memory", found) : new("memory", found, CheckState.Note, $"The lectures want {NeededMemory} GB; close other programs or choose smaller images and batches.");
    }

    private static Check Disk()
    {
        double free = new DriveInfo(Path.GetFullPath(AppContext.BaseDirectory)).AvailableFreeSpace / 1e9;
        string found = string.Create(CultureInfo.InvariantCulture, $"{free:F1} GB free where CxrLab is built");
        return free >= NeededDisk ? new("disk", found) : new("disk", found, CheckState.Wrong, $"Make {NeededDisk} GB free: packages and build output need about that much.");
    }
}
