using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace CxrLab.Notebooks.Packages;

/// <summary>
/// Asks NuGet for packages through a project made for the purpose, as nothing else knows all of NuGet's rules. The project lies in a
/// folder of the user's, named by what is asked for, and is cut off from any props, targets and central versions around it. What was
/// restored once is read again without NuGet.
/// </summary>
/// <param name="root">Where the projects lie.</param>
internal sealed class PackageRestore(string root)
{
    private const string Framework = "net10.0";
    private const string Empty = "<Project />";

    public PackageRestore() : this(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "cxrnb", "packages"))
    {
    }

    /// <summary>The user's folder for what was restored.</summary>
    public string Folder => root;

    /// <param name="requests">All packages of the session, so that one version of each suits all of them.</param>
    /// <param name="sources">Further sources: addresses or folders.</param>
    /// <param name="configFolder">Where NuGet looks for <c>nuget.config</c> first: the notebook's folder.</param>
    /// <param name="stop">Ends the restore.</param>
    /// <exception cref="PackageException">A package or version isn't served, or NuGet failed otherwise.</exception>
    public RestoredPackages Restore(IReadOnlyCollection<PackageRequest> requests, IReadOnlyCollection<string> sources, string configFolder, CancellationToken stop)
    {
        string runtime = RuntimeIdentifier();
        string project = Project(requests, sources, configFolder, runtime);
        string folder = Path.Combine(root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..16]);
        string assets = Path.Combine(folder, "obj", "project.assets.json");
        string done = Path.Combine(folder, "restored");
        if (File.Exists(done) && !requests.Any(request => request.Floats))
        {
            RestoredPackages known = RestoredPackages.Read(assets, runtime);
            if (known.IsComplete) return known;
        }
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "packages.csproj"), project);
        foreach (string name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder, name), Empty);
        Run(folder, requests, stop);
        RestoredPackages restored = RestoredPackages.Read(assets, runtime);
        File.WriteAllText(done, ""); // written last: half a restore is no result
        return restored;
    }

    private static string Project(IEnumerable<PackageRequest> requests, IEnumerable<string> sources, string configFolder, string runtime)
    {
        var items = new StringBuilder();
        foreach (PackageRequest request in requests.OrderBy(request => request.Name, StringComparer.OrdinalIgnoreCase))
            items.Append(CultureInfo.InvariantCulture, $"    <PackageReference Include=\"{request.Name}\" Version=\"{request.Version ?? "*"}\" />\n");
        string extra = SecurityElement.Escape(string.Join(';', sources));
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{Framework}</TargetFramework>
                <RuntimeIdentifier>{runtime}</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <RestoreAdditionalProjectSources>{extra}</RestoreAdditionalProjectSources>
                <RestoreRootConfigDirectory>{SecurityElement.Escape(configFolder)}</RestoreRootConfigDirectory>
                <NuGetAudit>false</NuGetAudit>
                <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
            {items}  </ItemGroup>
            </Project>
            """;
    }

    private static void Run(string folder, IEnumerable<PackageRequest> requests, CancellationToken stop)
    {
        var info = new ProcessStartInfo(DotnetHost(), ["restore", "packages.csproj", "--verbosity", "quiet", "--nologo", "-p:MSBuildEnableWorkloadResolver=false"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true, // else a child that asks would take the notebook's input
        };
        info.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en"; // its errors are read below
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // no process may stay behind
        info.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Process.Start(info) ?? throw new PackageException("The program 'dotnet' didn't start; #r \"nuget: …\" needs the .NET SDK.");
        process.StandardInput.Close();
        using CancellationTokenRegistration kill = stop.Register(() => process.Kill(entireProcessTree: true));
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        stop.ThrowIfCancellationRequested();
        if (process.ExitCode != 0) throw new PackageException(RestoreFailure.Explain(output, requests));
    }

    /// <summary>The runtime that runs this program has its <c>dotnet</c> three folders up; else the one on the path.</summary>
    private static string DotnetHost()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", name));
        return File.Exists(beside) ? beside : name;
    }

    /// <summary>The portable name, for which packages carry natives; the system's own may be as narrow as <c>debian.12-x64</c>.</summary>
    internal static string RuntimeIdentifier()
    {
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
