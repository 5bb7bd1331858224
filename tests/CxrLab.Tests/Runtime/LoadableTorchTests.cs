using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Xunit;

namespace CxrLab.Tests.Runtime;

public class LoadableTorchTests
{
    [Fact]
    public void Build_CarriesANativeLibraryWhoseVersionNeedIsWeak()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The load fix is a Linux matter.");
        string file = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Assert.Equal(2, FlagOf(File.ReadAllBytes(file), "GLIBCXX_3.4.32"));
    }

    [Fact]
    public void Build_LeavesThePackageCacheAlone()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string file = Path.Combine(packages, "torchsharp", "0.107.0", "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        if (!File.Exists(file)) Assert.Skip("The package cache is elsewhere.");
        Assert.Equal(0, FlagOf(File.ReadAllBytes(file), "GLIBCXX_3.4.32"));
    }

    [Theory]
    [InlineData("cuda", "TorchSharp-cuda-linux", "libtorch-cpu-linux-x64")]
    [InlineData("cpu", "libtorch-cpu-linux-x64", "TorchSharp-cuda-linux")]
    public void Project_DeviceSwitch_ChoosesThePackages(string device, string expected, string absent)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Evaluated for Linux.");
        string packages = Dotnet("msbuild", Path.Combine(Sample.Repository, "src", "CxrLab", "CxrLab.csproj"), $"-p:CxrDevice={device}", "-getItem:PackageReference");
        Assert.Contains($"\"{expected}\"", packages, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{absent}\"", packages, StringComparison.Ordinal);
        Assert.DoesNotContain("libtorch-cpu-win-x64", packages, StringComparison.Ordinal);
    }

    [Fact]
    public void Guard_CachesVisible_SetsNothing()
    {
        if (Environment.GetEnvironmentVariable(TorchRuntime.GuardVariable) is not null) Assert.Skip("The variable is set for this process.");
        // libc's environment was set when the library was loaded on a machine with hidden caches, so the second call finds it set.
        Assert.Equal(TorchRuntime.Guard == GuardState.NotNeeded ? GuardState.NotNeeded : GuardState.SetByUser, TorchRuntime.SetGuard(cachesVisible: true));
    }

    [Fact]
    public void SelfTest_OnThisMachine_FindsEveryConvolutionRight()
    {
        Assert.True(ConvolutionSelfTest.Shapes.Count > 200);
        Assert.Contains(ConvolutionSelfTest.Shapes, shape => shape.Inputs % 2 == 1);
        Assert.Empty(ConvolutionSelfTest.Run(TorchRuntime.BestDevice()));
    }

    private static int FlagOf(byte[] elf, string version)
    {
        // Independent of the build's own code: the version needs are found through the section headers here too, but read entry by entry.
        long U64(long at) => BinaryPrimitives.ReadInt64LittleEndian(elf.AsSpan((int)at));
        uint U32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan((int)at));
        int U16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan((int)at));
        for (int s = 0; s < U16(0x3c); s++)
        {
            long header = U64(0x28) + s * U16(0x3a);
            if (U32(header + 4) != 0x6ffffffe) continue;
            long names = U64(U64(0x28) + U32(header + 0x28) * U16(0x3a) + 0x18);
            for (long need = U64(header + 0x18); ; need += U32(need + 12))
            {
                long entry = need + U32(need + 8);
                for (int v = 0; v < U16(need + 2); v++, entry += U32(entry + 12))
                {
                    long name = names + U32(entry + 8);
                    if (Encoding.ASCII.GetString(elf, (int)name, version.Length + 1) == version + "\0") return U16(entry + 4);
                }

                if (U32(need + 12) == 0) break;
            }
        }

        throw new InvalidDataException($"{version} isn't needed by the file.");
    }

    private static string Dotnet(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
