using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// The files that cells bring in with <c>#load</c>. The compiler reads them through this class, which takes out their <c>#r</c> and
/// <c>#i</c> lines; what these ask for is brought by <see cref="CellReferences"/> before, as if it stood in the cell.
/// </summary>
/// <param name="folder">The notebook's folder.</param>
internal sealed class LoadedFiles(string folder) : SourceFileResolver(searchPaths: [], baseDirectory: folder)
{
    private readonly Dictionary<string, string> importedFrom = [];

    /// <summary>All files that the cell loads, and those that these load, each once and after those that it needs.</summary>
    /// <param name="cell">Names the place in errors.</param>
    /// <param name="code">Its C#, without magics.</param>
    /// <exception cref="CellException">It loads a notebook, or a file with magics.</exception>
    public IReadOnlyList<CellCode> Of(CellCode cell, string code)
    {
        if (cell.Folder is not null) importedFrom[cell.Name] = cell.Folder;
        var found = new List<CellCode>();
        Gather(cell, code, cell.Name, [], found);
        return found;
    }

    /// <summary>The files that a code's own <c>#load</c> lines name, with these lines' numbers.</summary>
    public static IEnumerable<(string File, int Line)> Named(string code)
    {
        if (!code.Contains("#load", StringComparison.Ordinal)) return [];
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot();
        return root.GetLoadDirectives().Select(directive => (directive.File.ValueText, directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1));
    }

    /// <inheritdoc/>
    public override SourceText ReadText(string resolvedPath) =>
        SourceText.From(ReferenceDirectives.TakeOut(CellMagics.TakeOut(Read(resolvedPath)).Code).Code, Encoding.UTF8);

    /// <summary>A cell has no path; one that was imported stands where its file does.</summary>
    public override string? ResolveReference(string path, string? baseFilePath) => base.ResolveReference(path,
        baseFilePath is not null && importedFrom.TryGetValue(baseFilePath, out string? home) ? Path.Combine(home, "cell") : baseFilePath);

    private void Gather(CellCode from, string code, string path, HashSet<string> seen, List<CellCode> found)
    {
        foreach ((string name, int line) in Named(code))
        {
            // A file that isn't there is the compiler's to report.
            if (ResolveReference(name, path) is not string file || !File.Exists(file) || !seen.Add(file)) continue;
            if (Path.GetExtension(file).Equals(".ipynb", StringComparison.OrdinalIgnoreCase))
                throw new CellException("Load", $"'{name}' is a notebook; #load takes files of C#. Write it like this: #!import {name}", from, line);
            var loaded = new CellCode(0, Read(file)) { Origin = Path.GetFileName(file), Folder = Path.GetDirectoryName(file) };
            if (CellMagics.TakeOut(loaded.Source).Magics.FirstOrDefault(magic => magic.Name != CellMagic.Source) is CellMagic magic)
                throw new CellException("UnknownMagic", $"'{magic.Name}' can't stand in a file that #load brings in. Write in the cell: #!import {name}", loaded, magic.Line);
            Gather(loaded, loaded.Source, file, seen, found);
            found.Add(loaded);
        }
    }

    private static string Read(string file) => File.ReadAllText(file).ReplaceLineEndings("\n");
}
