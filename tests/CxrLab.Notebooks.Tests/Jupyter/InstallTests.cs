using System.Text.Json.Nodes;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Jupyter;

/// <summary>The kernel's folder: where it goes, what stands in it, and whose it is.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Install_ForTheUser_WritesASpecThatStartsThisProgram()
    {
        Cli.Result result = await Run("install");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        JsonObject spec = folder.Read("data/kernels/.net-csharp/kernel.json");
        Assert.Equal(".NET (C#)", spec["display_name"]!.GetValue<string>());
        Assert.Equal("C#", spec["language"]!.GetValue<string>());
        Assert.Equal("message", spec["interrupt_mode"]!.GetValue<string>());
        string[] argv = [.. spec["argv"]!.AsArray().Select(word => word!.GetValue<string>())];
        Assert.Equal(["kernel", "{connection_file}"], argv[^2..]);
        Assert.All(argv[..^2].Where(word => word != "exec"), file => Assert.True(Path.IsPathFullyQualified(file) && File.Exists(file), file));
        Assert.True(new FileInfo(folder.File("data/kernels/.net-csharp/logo-64x64.png")).Length > 500);
    }

    [Fact]
    public async Task Install_ToAPrefixUnderAName_GoesThere()
    {
        Assert.Equal(0, (await Run("install", "--prefix", "env", "--name", "cs-2")).ExitCode);
        Assert.True(File.Exists(folder.File("env/share/jupyter/kernels/cs-2/kernel.json")));
        Assert.False(Directory.Exists(folder.File("data")));
        Assert.Equal(0, (await Run("uninstall", "--prefix", "env", "--name", "cs-2")).ExitCode);
        Assert.False(Directory.Exists(folder.File("env/share/jupyter/kernels/cs-2")));
    }

    [Fact]
    public async Task Install_OverAnotherProgramsKernel_NeedsForce()
    {
        const string File = "data/kernels/.net-csharp/kernel.json";
        folder.Write(File, new JsonObject { ["argv"] = new JsonArray("dotnet", "interactive"), ["display_name"] = "Other", ["language"] = "C#" });
        string before = System.IO.File.ReadAllText(folder.File(File));
        foreach (string command in new[] { "install", "uninstall" })
        {
            Cli.Result refused = await Run(command);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("another program's kernel, 'Other'", refused.Error, StringComparison.Ordinal);
            Assert.Equal(before, System.IO.File.ReadAllText(folder.File(File)));
        }
        Assert.Equal(0, (await Run("install", "--force")).ExitCode);
        Assert.Equal(0, (await Run("install")).ExitCode); // it is ours now
        Assert.Equal(0, (await Run("uninstall")).ExitCode);
    }

    [Fact]
    public async Task Install_OverABrokenSpec_NeedsForce()
    {
        folder.Write("data/kernels/.net-csharp/kernel.json", "{ half");
        Assert.Equal(1, (await Run("install")).ExitCode);
    }

    [Fact]
    public async Task Uninstall_WithoutAKernel_SaysSo()
    {
        Cli.Result result = await Run("uninstall");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("There is no kernel in", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "--name", "../up")]
    [InlineData(1, "--name", "a b")]
    [InlineData(1, "--name", "..")]
    [InlineData(2, "--user", "--prefix", "x")]
    public async Task Install_BadArguments_WritesNothing(int exitCode, params string[] arguments)
    {
        Assert.Equal(exitCode, (await Run(["install", .. arguments])).ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Install_WhereNothingCanBeWritten_IsAnError()
    {
        folder.Write("file", "not a folder");
        Assert.Equal(1, (await Run("install", "--prefix", "file")).ExitCode);
    }

    private async Task<Cli.Result> Run(params string[] arguments)
    {
        using var process = Cli.Start(folder.Path, [("JUPYTER_DATA_DIR", folder.File("data"))], arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Cli.Result(process.ExitCode, await output, error);
    }
}
