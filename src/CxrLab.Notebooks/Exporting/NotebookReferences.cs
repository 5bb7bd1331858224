using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Packages;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Exporting;

/// <summary>
/// What a notebook references, read from its text and from the files and notebooks that it brings in. No code of it is run; packages
/// are restored as a run would restore them, when somebody asks for their files.
/// </summary>
internal sealed class NotebookReferences
{
    private readonly Notebook notebook;
    private readonly List<string> files = [];
    private readonly List<PackageRequest> packages = [];
    private readonly List<string> sources = [];
    private readonly HashSet<string> seen = [];

    public NotebookReferences(Notebook notebook)
    {
        this.notebook = notebook;
        foreach (NotebookCell cell in notebook.CodeCells) Read(cell.Source, notebook.Folder);
    }

    /// <summary>Existing folders of the dlls that are referenced by path.</summary>
    public IEnumerable<string> Folders => files.Select(file => Path.GetDirectoryName(file)!).Distinct().Where(Directory.Exists);

    /// <summary>A file of the packages, by its name; null when there is none.</summary>
    /// <exception cref="PackageException">They can't be had.</exception>
    public string? InPackages(string fileName) => packages.Count == 0 ? null
        : new PackageRestore().Restore(packages, sources, notebook.Folder, CancellationToken.None).Assemblies.FirstOrDefault(file => Path.GetFileName(file) == fileName);

    private void Read(string source, string folder)
    {
        (string code, IReadOnlyList<CellMagic> magics) = CellMagics.TakeOut(source);
        foreach (string text in magics.Where(magic => magic.Name == CellMagic.Source).Select(magic => magic.Argument["nuget:".Length..].Trim()))
            sources.Add(text.Contains("://", StringComparison.Ordinal) ? text : Path.GetFullPath(text, folder));
        foreach (string file in ReferenceDirectives.TakeOut(code).Directives.Select(directive => directive.File))
        {
            if (PackageRequest.Parse(file) is not PackageRequest request) files.Add(Path.GetFullPath(file, folder));
            else if (!packages.Exists(earlier => string.Equals(earlier.Name, request.Name, StringComparison.OrdinalIgnoreCase))) packages.Add(request);
        }
        IEnumerable<string> brought = magics.Where(magic => magic.Name == CellMagic.Import).Select(magic => magic.Argument).Concat(LoadedFiles.Named(code).Select(item => item.File));
        foreach (string file in brought.Select(name => Path.GetFullPath(name, folder)).Where(file => File.Exists(file) && seen.Add(file))) ReadFile(file);
    }

    private void ReadFile(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        if (!file.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)) Read(File.ReadAllText(file), folder);
        else foreach (NotebookCell cell in NotebookFile.Read(file).CodeCells) Read(cell.Source, folder);
    }
}
