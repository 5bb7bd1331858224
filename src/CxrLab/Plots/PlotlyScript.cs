using System.Reflection;

namespace CxrLab.Plots;

/// <summary>plotly.js from the Plotly.NET package, for pages without a network.</summary>
public static class PlotlyScript
{
    private const string Resource = "Plotly.NET.plotly-2.28.0.min.js";
    private static readonly Lazy<string> Cached = new(Load);

    /// <summary>
    /// A script element with plotly.js (3.6 MB); put it on a page once. Pages with a module loader, such as Jupyter's, would
    /// swallow the library instead of defining <c>window.Plotly</c>, so the loader's names are hidden while it runs.
    /// </summary>
    public static string Html => Cached.Value;

    private static string Load()
    {
        Assembly assembly = Assembly.Load("Plotly.NET");
        using Stream stream = assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"Plotly.NET {assembly.GetName().Version} no longer carries {Resource}; it has: {string.Join(", ", assembly.GetManifestResourceNames())}.");
        using var reader = new StreamReader(stream);
        return "<script>(function () { var define, module, exports;\n" + reader.ReadToEnd().Replace("</script", "<\\/script", StringComparison.Ordinal) + "\n}).call(window);</script>";
    }
}
