using System.IO.Compression;

namespace CxrLab.Notebooks.Tests.Support;

/// <summary>Makes packages, so that a restore needs no network.</summary>
internal static class Packed
{
    /// <param name="source">The folder of packages.</param>
    /// <param name="name">Of the package.</param>
    /// <param name="version">Of the package.</param>
    /// <param name="dll">What is in it.</param>
    public static void Write(string source, string name, string version, string dll)
    {
        Directory.CreateDirectory(source);
        using ZipArchive zip = ZipFile.Open(Path.Combine(source, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(zip.CreateEntry($"{name}.nuspec").Open()))
            nuspec.Write($"""<package><metadata><id>{name}</id><version>{version}</version><authors>tests</authors><description>made by a test</description></metadata></package>""");
        zip.CreateEntryFromFile(dll, $"lib/net8.0/{Path.GetFileName(dll)}");
    }
}
