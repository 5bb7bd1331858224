using Xunit;

namespace CxrLab.Tests;

/// <summary>Real X-rays beside the repository; without them, the tests that read them are skipped.</summary>
internal static class RealData
{
    /// <summary>The file or folder under <c>shared/realdata</c>.</summary>
    internal static string Require(params string[] parts)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CxrLab.sln"))) folder = folder.Parent;
        string path = folder?.Parent is null ? "" : Path.Combine([folder.Parent.FullName, "shared", "realdata", .. parts]);
        if (!Path.Exists(path)) Assert.Skip($"The real data {string.Join('/', parts)} is not here; it belongs into shared/realdata beside the repository.");
        return path;
    }
}
