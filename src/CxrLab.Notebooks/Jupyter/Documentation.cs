using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// Finds the XML documentation of references: beside the dll, as for the lecture's own library; for .NET itself in the SDK's reference
/// pack, where an SDK is installed.
/// </summary>
internal sealed class Documentation
{
    private static readonly string Framework = RuntimeEnvironment.GetRuntimeDirectory();
    private readonly Dictionary<string, PortableExecutableReference> known = new(StringComparer.Ordinal);
    private readonly string? pack = Pack();

    /// <summary>The same reference, with the same metadata in memory, that knows its documentation too.</summary>
    public MetadataReference AddTo(PortableExecutableReference reference)
    {
        if (reference.FilePath is not string file || reference.GetMetadata() is not AssemblyMetadata metadata) return reference;
        if (!known.TryGetValue(file, out PortableExecutableReference? documented))
            known[file] = documented = XmlFile(file) is string xml
                ? metadata.GetReference(XmlDocumentationProvider.CreateFromFile(xml), filePath: file)
                : reference;
        return documented;
    }

    private string? XmlFile(string dll)
    {
        string beside = Path.ChangeExtension(dll, ".xml");
        if (File.Exists(beside)) return beside;
        if (pack is null || !dll.StartsWith(Framework, StringComparison.Ordinal)) return null;
        // Most of .NET's basic types live in one assembly at run time and are documented under another name.
        string name = Path.GetFileNameWithoutExtension(dll);
        string inPack = Path.Combine(pack, (name == "System.Private.CoreLib" ? "System.Runtime" : name) + ".xml");
        return File.Exists(inPack) ? inPack : null;
    }

    /// <summary><c>…/packs/Microsoft.NETCore.App.Ref/10.0.x/ref/net10.0</c> of the newest x.</summary>
    private static string? Pack()
    {
        string packs = Path.GetFullPath(Path.Combine(Framework, "../../../packs/Microsoft.NETCore.App.Ref"));
        if (!Directory.Exists(packs)) return null;
        return Directory.EnumerateDirectories(packs, $"{Environment.Version.Major}.*")
            .OrderByDescending(folder => Version.TryParse(Path.GetFileName(folder), out Version? version) ? version : new Version())
            .Select(folder => Path.Combine(folder, "ref", $"net{Environment.Version.Major}.0"))
            .FirstOrDefault(Directory.Exists);
    }
}
