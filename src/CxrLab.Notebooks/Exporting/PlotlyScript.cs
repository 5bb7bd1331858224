using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using CxrLab.Notebooks.Packages;

namespace CxrLab.Notebooks.Exporting;

/// <summary>
/// plotly.js, read out of a Plotly.NET.dll: the one beside a dll which the notebook references, or in the packages that it asks for. No
/// code of that dll is run.
/// </summary>
internal static class PlotlyScript
{
    private const string Library = "Plotly.NET.dll";

    /// <returns>A script element for the page's head, or null when nothing that the notebook references brings the library.</returns>
    /// <exception cref="PackageException">The notebook's packages can't be had.</exception>
    public static string? Find(NotebookReferences references) =>
        (SourceIn(references.Folders) ?? (references.InPackages(Library) is string dll ? Read(dll) : null)) is string script ? Wrap(script) : null;

    /// <returns>The library's text, or null when no folder has the package.</returns>
    public static string? SourceIn(IEnumerable<string> folders) =>
        folders.Select(folder => Path.Combine(folder, Library)).FirstOrDefault(File.Exists) is string plotly ? Read(plotly) : null;

    /// <summary>Where a page has a module loader, plotly.js would register there and leave <c>window.Plotly</c> undefined.</summary>
    private static string Wrap(string script) =>
        $"<script>(function (define, module, exports) {{\n{OutputHtml.InScript(script)}\n}}).call(window);</script>";

    private static string? Read(string dll)
    {
        using var image = new PEReader(File.OpenRead(dll));
        MetadataReader metadata = image.GetMetadataReader();
        foreach (ManifestResourceHandle handle in metadata.ManifestResources)
        {
            ManifestResource resource = metadata.GetManifestResource(handle);
            string name = metadata.GetString(resource.Name);
            if (!resource.Implementation.IsNil || !name.Contains("plotly-", StringComparison.Ordinal) || !name.EndsWith(".min.js", StringComparison.Ordinal)) continue;
            PEMemoryBlock resources = image.GetSectionData(image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress);
            BlobReader content = resources.GetReader((int)resource.Offset, resources.Length - (int)resource.Offset);
            int length = content.ReadInt32(); // each resource is stored behind its length
            return Encoding.UTF8.GetString(content.ReadBytes(length));
        }
        return null;
    }
}
