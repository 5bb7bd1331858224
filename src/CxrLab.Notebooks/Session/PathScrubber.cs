using System.Text.RegularExpressions;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// Takes this machine's folders out of text that will be saved. A file below the notebook's folder keeps its relative path,
/// any other keeps its name.
/// </summary>
internal sealed partial class PathScrubber(string folder)
{
    private readonly string prefix = Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar;

    public string Scrub(string text) =>
        AbsolutePath().Replace(text.Replace(prefix, "", StringComparison.Ordinal), match => IsOfMachine(match.Value) ? Shorten(match.Value) : match.Value);

    /// <summary>The first folder decides: <c>/home/…</c> is a path, <c>/24</c> of a network or <c>//host/…</c> of an address isn't.</summary>
    internal static bool IsOfMachine(string path)
    {
        if (path is not ['/', ..]) return true; // the pattern's other form begins with a drive letter
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length >= 2 && Directory.Exists("/" + parts[0]);
    }

    private static string Shorten(string path) => "…/" + path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>An absolute path: not part of a longer word, an address or a relative path.</summary>
    [GeneratedRegex(@"(?<![\w.:/\\…~-])(?:/[\w.+@~-]+(?:/[\w.+@~-]+)+|[A-Za-z]:\\[\w.+@~ \\-]+)")]
    internal static partial Regex AbsolutePath();
}
