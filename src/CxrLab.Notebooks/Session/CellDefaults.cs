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
    /// <see cref="Assemblies"/> as references. Of .NET's assemblies nearly half hold no type and only point to others; the few that a
    /// reference really needs are found by <see cref="CellResolver"/>. Every cell's compilation keeps tables of them all.
    /// </summary>
    public static IEnumerable<MetadataReference> References() => Assemblies().Select(file => MetadataReference.CreateFromFile(file)).Where(HasTypes);

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
        return ((AssemblyMetadata)reference.GetMetadata()).GetModules()[0].GetMetadataReader().TypeDefinitions.Count > Module;
    }
}
