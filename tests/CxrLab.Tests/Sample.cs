namespace CxrLab.Tests;

/// <summary>Files of the repository that tests read.</summary>
internal static class Sample
{
    /// <summary>The repository's root.</summary>
    internal static string Repository
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CxrLab.sln"))) folder = folder.Parent;
            return folder?.FullName ?? throw new DirectoryNotFoundException("CxrLab.sln isn't above the tests' folder.");
        }
    }

    /// <summary>The committed sample in a layout.</summary>
    internal static string Of(string layout) => Path.Combine(Repository, "data", "samples", layout);

    /// <summary>The committed sample in VinDr-CXR's layout.</summary>
    internal static string VinDr => Path.Combine(Repository, "data", "samples", "vindr");

    /// <summary>The committed sample in the NIH layout.</summary>
    internal static string Nih => Path.Combine(Repository, "data", "samples", "nih");
}
