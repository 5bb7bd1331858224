namespace CxrLab.Notebooks.Exporting;

/// <summary>
/// Which file of the repository becomes which page. Notebooks are known from the start; a Markdown file becomes a page when the first
/// link leads to it, so that an exported course is whole on a machine without the repository.
/// </summary>
internal sealed class LinkMap
{
    private readonly Dictionary<string, string> pages = new(StringComparer.Ordinal);
    private readonly Queue<string> documents = new();

    /// <param name="notebooks">Source files and their pages, relative to the folder of the export.</param>
    public LinkMap(IEnumerable<(string Source, string Page)> notebooks)
    {
        foreach ((string source, string page) in notebooks) pages[Path.GetFullPath(source)] = page;
    }

    /// <summary>The page of a file, or null when it becomes none.</summary>
    public string? PageOf(string source)
    {
        if (pages.TryGetValue(source, out string? page)) return page;
        if (!source.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || !File.Exists(source)) return null;
        string name = Path.GetFileNameWithoutExtension(source);
        page = Enumerable.Range(1, int.MaxValue).Select(i => $"pages/{name}{(i == 1 ? "" : $"-{i}")}.html").First(item => !pages.ContainsValue(item));
        documents.Enqueue(source);
        return pages[source] = page;
    }

    /// <summary>The next Markdown file that a link led to and that hasn't been taken yet.</summary>
    public bool TryNextDocument(out string source) => documents.TryDequeue(out source!);

    /// <summary>The address of one page as another must write it.</summary>
    public static string Relative(string fromPage, string toPage) =>
        string.Join('/', Path.GetRelativePath(Path.GetDirectoryName(fromPage) is { Length: > 0 } folder ? folder : ".", toPage)
            .Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
}
