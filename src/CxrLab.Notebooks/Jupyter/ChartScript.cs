using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Exporting;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// Gives plotly.js to a page before its first chart, so that charts of the classic notebook are interactive without a network. The
/// script is shown and at once replaced by nothing: it has run by then and isn't saved with the notebook. Pages that draw
/// charts by themselves (JupyterLab, VS Code) don't need it; clients without a person (nbclient, nbconvert) don't get it.
/// </summary>
internal sealed class ChartScript(IoPub ioPub)
{
    private readonly HashSet<string> pages = [];
    private readonly Lazy<string?> script = new(Make);

    /// <param name="cell">A page that is loaded anew speaks as a new session, and is given the script again.</param>
    /// <param name="content">The output that is about to be sent.</param>
    public void BeforeOutput(JupyterMessage cell, JsonObject content)
    {
        if (content["data"] is not JsonObject data || !data.ContainsKey("application/vnd.plotly.v1+json")) return;
        if (!cell.Flag("allow_stdin", false)) return;
        lock (pages)
        {
            if (!pages.Add(NotebookCell.Text(cell.Header["session"]) ?? "")) return;
        }
        if (script.Value is not string html) return;
        string id = Guid.NewGuid().ToString("N");
        ioPub.Tell("display_data", cell, Content(html, id));
        ioPub.Tell("update_display_data", cell, Content("", id));
    }

    /// <summary>
    /// Packed, it is 1.5 MB: the classic notebook's server drops what comes faster than 3 MB in three seconds. Run as a function whose
    /// parameters bear the names of a page's module loader, the library doesn't see that and defines <c>window.Plotly</c>.
    /// </summary>
    private static string? Make()
    {
        IEnumerable<string> folders = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0)
            .Select(assembly => Path.GetDirectoryName(assembly.Location)!).Distinct();
        if (PlotlyScript.SourceIn(folders) is not string source) return null;
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(source));
        return $$"""
            <script>window.Plotly || (async function () {
              const packed = Uint8Array.from(atob("{{Convert.ToBase64String(packed.ToArray())}}"), c => c.charCodeAt(0));
              const source = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
              new Function("define", "module", "exports", await new Response(source).text()).call(window);
            })();</script>
            """;
    }

    private static JsonObject Content(string html, string id) => new()
    {
        ["data"] = new JsonObject { ["text/html"] = html, ["text/plain"] = "" },
        ["metadata"] = new JsonObject(),
        ["transient"] = new JsonObject { ["display_id"] = id },
    };
}
