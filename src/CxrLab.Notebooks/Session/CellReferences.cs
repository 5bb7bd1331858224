using System.Reflection;
using CxrLab.Notebooks.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace CxrLab.Notebooks.Session;

/// <summary>What a notebook references, by path or as packages: loads it and adds it to what the next cells are compiled with.</summary>
/// <param name="folder">The notebook's folder; paths are relative to it.</param>
/// <param name="assemblies">Tells compiled cells where their references are.</param>
internal sealed class CellReferences(string folder, InteractiveAssemblyLoader assemblies)
{
    private static readonly PackageRestore Packages = new();
    private readonly ReferenceLoader loader = new();
    private readonly List<PackageRequest> requests = [];
    private readonly List<string> sources = [];
    private bool hasTorch;

    /// <param name="options">What the cells so far were compiled with.</param>
    /// <param name="cell">Names the place in errors.</param>
    /// <param name="directives">Its <c>#r</c> lines.</param>
    /// <param name="magics">Its <c>#i</c> lines among others.</param>
    /// <param name="sink">Receives warnings.</param>
    /// <param name="stop">Ends a restore.</param>
    /// <exception cref="CellException">Something isn't there; the message says what to do.</exception>
    public ScriptOptions Add(ScriptOptions options, CellCode cell, IReadOnlyList<ReferenceDirectives.Directive> directives, IReadOnlyList<CellMagic> magics, CellSink sink, CancellationToken stop)
    {
        foreach (CellMagic magic in magics.Where(magic => magic.Name == CellMagic.Source)) AddSource(magic, cell);
        foreach (ReferenceDirectives.Directive directive in directives.Where(item => !IsPackage(item)))
            options = AddFile(options, directive, cell);
        ReferenceDirectives.Directive[] packages = [.. directives.Where(IsPackage)];
        return packages.Length == 0 ? options : AddPackages(options, packages, cell, sink, stop);
    }

    /// <summary>Adds what a file asks for that a cell loads.</summary>
    /// <inheritdoc cref="Add(ScriptOptions, CellCode, IReadOnlyList{ReferenceDirectives.Directive}, IReadOnlyList{CellMagic}, CellSink, CancellationToken)"/>
    public ScriptOptions Add(ScriptOptions options, CellCode file, CellSink sink, CancellationToken stop)
    {
        (string code, IReadOnlyList<CellMagic> magics) = CellMagics.TakeOut(file.Source);
        return Add(options, file, ReferenceDirectives.TakeOut(code).Directives, magics, sink, stop);
    }

    private static bool IsPackage(ReferenceDirectives.Directive directive) => directive.File.TrimStart().StartsWith("nuget", StringComparison.OrdinalIgnoreCase)
        && directive.File.Contains(':', StringComparison.Ordinal);

    private static string Whose(CellCode cell) => cell.Folder is null ? "notebook's" : "file's";

    private void AddSource(CellMagic magic, CellCode cell)
    {
        string text = magic.Argument;
        if (!text.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase) || text[6..].Trim() is not { Length: > 0 } source)
            throw new CellException("Reference", $"#i \"{text}\" names no package source. Write it like this: #i \"nuget:https://…/index.json\", or with a folder.", cell, magic.Line);
        bool isAddress = source.Contains("://", StringComparison.Ordinal);
        if (!isAddress) source = Path.GetFullPath(source, cell.Folder ?? folder);
        if (!isAddress && !Directory.Exists(source))
            throw new CellException("Reference", $"#i \"{text}\": there is no such folder (looked up from the {Whose(cell)} folder).", cell, magic.Line);
        if (!sources.Contains(source)) sources.Add(source);
    }

    private ScriptOptions AddFile(ScriptOptions options, ReferenceDirectives.Directive directive, CellCode cell)
    {
        if (ReferenceLoader.IsFramework(directive.File)) return options; // #r "System.Net.Http": it's there already
        string file = Path.GetFullPath(directive.File, cell.Folder ?? folder);
        if (!File.Exists(file)) throw new CellException("Reference", ReferenceDirectives.Explain(directive.File, Whose(cell)), cell, directive.Line);
        return Register(options, loader.Load(file));
    }

    private ScriptOptions AddPackages(ScriptOptions options, ReferenceDirectives.Directive[] directives, CellCode cell, CellSink sink, CancellationToken stop)
    {
        int known = requests.Count, line = directives[0].Line;
        foreach (ReferenceDirectives.Directive directive in directives)
        {
            line = directive.Line;
            PackageRequest request = PackageRequest.Parse(directive.File) ?? throw new CellException("Reference",
                $"#r \"{directive.File}\" isn't a package reference. Write it like this: #r \"nuget: Name, 1.2.3\"", cell, line);
            PackageRequest? earlier = requests.Find(item => string.Equals(item.Name, request.Name, StringComparison.OrdinalIgnoreCase));
            if (earlier is not null && earlier.Version != request.Version && request.Version is not null)
                throw new CellException("Reference", $"Package '{request.Name}' is in use already in version {earlier.Version ?? "newest"}; restart the notebook to use {request.Version}.", cell, line);
            if (earlier is null) requests.Add(request);
        }
        if (requests.Count == known) return options;
        try
        {
            RestoredPackages restored = Packages.Restore(requests, sources, folder, stop);
            foreach (string warning in restored.Warnings) sink.Write("stderr", warning + "\n");
            // Before any of its types is touched: its static constructor looks for the natives.
            if (!hasTorch && restored.Assemblies.Any(file => Path.GetFileName(file) == "TorchSharp.dll"))
            {
                hasTorch = true;
                if (TorchNatives.Prepare(restored.Natives, Packages.Folder) is string problem) sink.Write("stderr", problem + "\n");
            }
            return Register(options, loader.Load(restored));
        }
        catch (PackageException error)
        {
            requests.RemoveRange(known, requests.Count - known); // the next cell must not fail for this one's mistake
            throw new CellException("Reference", error.Message, cell, line);
        }
    }

    private ScriptOptions Register(ScriptOptions options, IReadOnlyList<(Assembly Assembly, string File)> loaded)
    {
        foreach ((Assembly assembly, string file) in loaded)
        {
            assemblies.RegisterDependency(assembly);
            options = options.AddReferences(MetadataReference.CreateFromFile(file));
        }
        return options;
    }
}
