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

    /// <inheritdoc cref="Assemblies"/>
    public static IEnumerable<MetadataReference> References() => Assemblies().Select(file => MetadataReference.CreateFromFile(file));

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
}
