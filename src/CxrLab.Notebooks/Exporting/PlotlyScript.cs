using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Exporting;

/// <summary>plotly.js, read out of the Plotly.NET.dll that lies beside a dll which the notebook references. No code of it is run.</summary>
internal static class PlotlyScript
{
    /// <returns>A script element for the page's head, or null when the notebook references no such folder.</returns>
    public static string? Find(Notebook notebook)
    {
        foreach (string file in notebook.CodeCells.SelectMany(cell => ReferenceDirectives.TakeOut(cell.Source).Directives).Select(item => item.File))
        {
            if (file.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase)) continue;
            string plotly = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file, notebook.Folder))!, "Plotly.NET.dll");
            if (File.Exists(plotly) && FromAssembly(plotly) is string script) return script;
        }
        return null;
    }

    /// <param name="dll">A Plotly.NET.dll.</param>
    /// <returns>A script element, or null when the dll carries no script.</returns>
    public static string? FromAssembly(string dll) => Read(dll) is string script ? Wrap(script) : null;

    /// <returns>The library's text, or null when no folder has the package.</returns>
    public static string? SourceIn(IEnumerable<string> folders) =>
        folders.Select(folder => Path.Combine(folder, "Plotly.NET.dll")).FirstOrDefault(File.Exists) is string plotly ? Read(plotly) : null;

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
