using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// Loads an assembly and everything that it needs from its own folder (or as its <c>.deps.json</c> says), natives included, into the
/// default load context: there a type has one identity for all cells, and native libraries find each other.
/// </summary>
internal sealed class ReferenceLoader
{
    private static readonly string Framework = RuntimeEnvironment.GetRuntimeDirectory();
    private readonly List<(string Folder, AssemblyDependencyResolver Resolver)> sources = [];
    private readonly HashSet<string> files = new(StringComparer.Ordinal);

    public ReferenceLoader()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) => Locate(name) is string file ? context.LoadFromAssemblyPath(file) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => LocateNative(name) is string file ? NativeLibrary.Load(file) : 0;
    }

    /// <returns>The assemblies that weren't there before, each with the file that the compiler should read.</returns>
    public IReadOnlyList<(Assembly Assembly, string File)> Load(string file)
    {
        sources.Add((Path.GetDirectoryName(file)!, new AssemblyDependencyResolver(file)));
        var loaded = new List<(Assembly, string)>();
        foreach (string item in Closure(file))
            loaded.Add((AssemblyLoadContext.Default.LoadFromAssemblyName(AssemblyName.GetAssemblyName(item)), item));
        // A library that prepares its natives at load does it now, not at the first use of its own types: a cell may use theirs first.
        if (loaded.Count > 0) RuntimeHelpers.RunModuleConstructor(loaded[0].Item1.ManifestModule.ModuleHandle);
        return loaded;
    }

    /// <summary>The file itself, its packages, and all that these need and that isn't part of .NET.</summary>
    private IEnumerable<string> Closure(string file)
    {
        var waiting = new Queue<string>([file, .. AssemblyFiles.Listed(file)]);
        while (waiting.TryDequeue(out string? next))
        {
            if (!files.Add(next)) continue;
            yield return next;
            foreach (string name in AssemblyFiles.Referenced(next).Where(name => !File.Exists(Path.Combine(Framework, name + ".dll"))))
                if (Locate(new AssemblyName(name)) is string found) waiting.Enqueue(found);
        }
    }

    private string? Locate(AssemblyName name) => FirstThere(sources.SelectMany(source =>
        new[] { source.Resolver.ResolveAssemblyToPath(name), Path.Combine(source.Folder, name.Name + ".dll") }));

    private string? LocateNative(string name)
    {
        string[] names = [name, $"lib{name}.so", $"lib{name}.dylib", $"{name}.so", $"{name}.dylib", $"{name}.dll"];
        string natives = Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        return FirstThere(sources.SelectMany(source => names
            .SelectMany(item => new[] { Path.Combine(source.Folder, item), Path.Combine(source.Folder, natives, item) })
            .Prepend(source.Resolver.ResolveUnmanagedDllToPath(name))));
    }

    private static string? FirstThere(IEnumerable<string?> paths) => paths.FirstOrDefault(File.Exists);
}
