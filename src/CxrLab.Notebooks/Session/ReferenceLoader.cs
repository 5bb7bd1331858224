using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using CxrLab.Notebooks.Packages;

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
    private readonly Dictionary<string, string> packages = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> natives = [];

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
        {
            AssemblyName name = AssemblyName.GetAssemblyName(item);
            if (item != file && names.Contains(name.Name!)) continue; // a package brought it already
            names.Add(name.Name!);
            loaded.Add((AssemblyLoadContext.Default.LoadFromAssemblyName(name), item));
        }
        // A library that prepares its natives at load does it now, not at the first use of its own types: a cell may use theirs first.
        if (loaded.Count > 0) RuntimeHelpers.RunModuleConstructor(loaded[0].Item1.ManifestModule.ModuleHandle);
        return loaded;
    }

    /// <summary>Loads packages. What .NET itself or an earlier reference has brought stays.</summary>
    /// <exception cref="PackageException">This program itself uses an older version of an assembly.</exception>
    public IReadOnlyList<(Assembly Assembly, string File)> Load(RestoredPackages restored)
    {
        natives.AddRange(restored.Natives.Except(natives));
        var fresh = new List<AssemblyName>();
        foreach (string file in restored.Assemblies.Where(file => !IsFramework(Path.GetFileNameWithoutExtension(file))))
        {
            AssemblyName name = AssemblyName.GetAssemblyName(file);
            if (!names.Add(name.Name!)) continue;
            packages[name.Name!] = file;
            fresh.Add(name);
        }
        return [.. fresh.Select(Load)];
    }

    private (Assembly, string) Load(AssemblyName name)
    {
        try
        {
            Assembly assembly = AssemblyLoadContext.Default.LoadFromAssemblyName(name);
            // Where this program has the assembly too, its copy is the one that runs, so it's the one to compile against.
            return (assembly, assembly.Location);
        }
        catch (IOException error)
        {
            throw new PackageException($"Assembly '{name.Name}' {name.Version} can't be loaded beside what is loaded already: {error.Message}");
        }
    }

    /// <summary>Whether .NET brings an assembly of that name.</summary>
    public static bool IsFramework(string name) => File.Exists(Path.Combine(Framework, name + ".dll"));

    /// <summary>The file itself, its packages, and all that these need and that isn't part of .NET.</summary>
    private IEnumerable<string> Closure(string file)
    {
        var waiting = new Queue<string>([file, .. AssemblyFiles.Listed(file)]);
        while (waiting.TryDequeue(out string? next))
        {
            if (!files.Add(next)) continue;
            yield return next;
            foreach (string name in AssemblyFiles.Referenced(next).Where(name => !IsFramework(name)))
                if (Locate(new AssemblyName(name)) is string found) waiting.Enqueue(found);
        }
    }

    private string? Locate(AssemblyName name) => packages.GetValueOrDefault(name.Name!) ?? FirstThere(sources.SelectMany(source =>
        new[] { source.Resolver.ResolveAssemblyToPath(name), Path.Combine(source.Folder, name.Name + ".dll") }));

    private string? LocateNative(string name)
    {
        string[] names = [name, $"lib{name}.so", $"lib{name}.dylib", $"{name}.so", $"{name}.dylib", $"{name}.dll"];
        if (natives.Find(file => names.Contains(Path.GetFileName(file))) is string ofPackage) return ofPackage;
        string beside = Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        return FirstThere(sources.SelectMany(source => names
            .SelectMany(item => new[] { Path.Combine(source.Folder, item), Path.Combine(source.Folder, beside, item) })
            .Prepend(source.Resolver.ResolveUnmanagedDllToPath(name))));
    }

    private static string? FirstThere(IEnumerable<string?> paths) => paths.FirstOrDefault(File.Exists);
}
