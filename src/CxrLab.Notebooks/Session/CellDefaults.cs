using System.Reflection.Metadata;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace CxrLab.Notebooks.Session;

/// <summary>What a cell sees without asking for it.</summary>
internal static class CellDefaults
{
    /// <summary>The namespaces of .NET Interactive, so old notebooks run, and this program's own functions.</summary>
    public static readonly string[] Imports =
    [
        "System", "System.IO", "System.Linq", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks",
        typeof(Formatter).Namespace!, typeof(CellFunctions).Namespace!, typeof(CellFunctions).FullName!,
    ];

    /// <summary>
    /// <see cref="Assemblies"/> as references, but those without a type that none of the others needs: nearly half of .NET's assemblies
    /// only point to others, for programs of other times, and every cell's compilation keeps tables of all it is given. Where a package
    /// needs one, <see cref="CellResolver"/> finds it.
    /// </summary>
    public static IEnumerable<MetadataReference> References()
    {
        PortableExecutableReference[] all = [.. Assemblies().Select(file => MetadataReference.CreateFromFile(file))];
        HashSet<string> needed = [.. all.Where(HasTypes).SelectMany(Needs)];
        return all.Where(reference => HasTypes(reference) || needed.Contains(Path.GetFileNameWithoutExtension(reference.FilePath!)));
    }

    /// <summary>.NET itself and the parts of this program that a cell talks to: it must not see the host's other packages.</summary>
    public static IEnumerable<string> Assemblies()
    {
        string framework = RuntimeEnvironment.GetRuntimeDirectory();
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return trusted.Split(Path.PathSeparator).Where(file => file.StartsWith(framework, StringComparison.Ordinal))
            .Append(typeof(CellFunctions).Assembly.Location)
            .Append(typeof(Formatter).Assembly.Location)
            .Append(typeof(IHtmlContent).Assembly.Location);
    }

    private static bool HasTypes(PortableExecutableReference reference)
    {
        const int Module = 1; // <Module>, which every assembly has
        return Metadata(reference).TypeDefinitions.Count > Module;
    }

    private static IEnumerable<string> Needs(PortableExecutableReference reference)
    {
        MetadataReader metadata = Metadata(reference);
        return metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
    }

    private static MetadataReader Metadata(PortableExecutableReference reference) =>
        ((AssemblyMetadata)reference.GetMetadata()).GetModules()[0].GetMetadataReader();
}
