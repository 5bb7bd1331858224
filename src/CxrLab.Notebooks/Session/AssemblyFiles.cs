using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Session;

/// <summary>Which assemblies come with a dll.</summary>
internal static class AssemblyFiles
{
    /// <summary>
    /// The packages that the dll's project references, as its <c>.deps.json</c> lists them. The dll's own metadata isn't enough: the
    /// compiler leaves out a package that the library doesn't use itself, though a cell may.
    /// </summary>
    public static IEnumerable<string> Listed(string dll)
    {
        string list = Path.ChangeExtension(dll, ".deps.json");
        if (!File.Exists(list) || JsonNode.Parse(File.ReadAllText(list))?["targets"] is not JsonObject targets) return [];
        return from target in targets
               from library in target.Value as JsonObject ?? []
               from asset in library.Value?["runtime"] as JsonObject ?? []
               let file = Path.Combine(Path.GetDirectoryName(dll)!, Path.GetFileName(asset.Key))
               where File.Exists(file)
               select file;
    }

    /// <summary>Names of the assemblies that the dll's code refers to.</summary>
    public static IReadOnlyList<string> Referenced(string dll)
    {
        using var image = new PEReader(File.OpenRead(dll));
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
