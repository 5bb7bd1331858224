using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CxrLab.Plots;

/// <summary>
/// A chart in three forms: Plotly JSON for hosts that draw it, HTML that draws itself where plotly.js is on the page, and a still
/// picture (SVG) that shows everywhere else. It works offline and is never blank.
/// </summary>
public sealed class Figure
{
    private const int MaxHeight = 350; // higher outputs get a scroll box in notebooks

    /// <param name="data">Plotly traces.</param>
    /// <param name="layout">Plotly layout.</param>
    /// <param name="svg">The still picture.</param>
    /// <param name="text">The chart in words, for screen readers and terminals.</param>
    public Figure(JsonArray data, JsonObject layout, string svg, string text) => (Data, Layout, Svg, Text) = (data, layout, svg, text);

    /// <summary>Plotly traces.</summary>
    public JsonArray Data { get; }

    /// <summary>Plotly layout.</summary>
    public JsonObject Layout { get; }

    /// <summary>The still picture.</summary>
    public string Svg { get; }

    /// <summary>The chart in words.</summary>
    public string Text { get; }

    /// <summary>The figure as Plotly JSON: <c>{"data": […], "layout": {…}}</c>.</summary>
    public string ToJson() => new JsonObject { ["data"] = Data.DeepClone(), ["layout"] = Layout.DeepClone() }.ToJsonString();

    /// <summary>A fragment for a page: the still picture, replaced by the interactive chart as soon as plotly.js is there.</summary>
    public string ToHtml()
    {
        string json = ToJson().Replace("</", "<\\/", StringComparison.Ordinal);
        // Named by content: running a notebook again gives the same output.
        string id = "cxr-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..12];
        return $$"""
            <div id="{{id}}" class="cxr-figure" role="img" aria-label="{{Escape(Text)}}" style="max-width:760px">{{Svg}}</div>
            <script>(function () {
              var figure = {{json}};
              function draw(tries) {
                var div = document.getElementById("{{id}}");
                if (!div) return;
                if (window.Plotly) { div.innerHTML = ""; window.Plotly.newPlot(div, figure.data, figure.layout, { responsive: true, displaylogo: false }); }
                else if (tries > 0) setTimeout(function () { draw(tries - 1); }, 200);
              }
              draw(25);
            })();</script>
            """;
    }

    /// <summary>A whole page that needs no network: plotly.js is inside.</summary>
    public string ToHtmlPage() => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>{Escape(Text.Split('\n')[0])}</title>{PlotlyScript.Html}</head>
        <body style="font-family:system-ui,sans-serif;margin:2em">{ToHtml()}</body></html>
        """;

    /// <summary>Writes <see cref="ToHtmlPage"/>.</summary>
    public void SaveHtml(string path) => AtomicFile.WriteText(path, ToHtmlPage());

    /// <summary>What a notebook shows; the host picks the form that it can draw.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["application/vnd.plotly.v1+json"] = ToJson(),
        ["text/html"] = ToHtml(),
        ["image/svg+xml"] = Svg,
        ["text/plain"] = Text,
    };

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal static JsonObject BaseLayout(string title, int height = MaxHeight) => new()
    {
        ["title"] = new JsonObject { ["text"] = title, ["x"] = 0.02, ["font"] = new JsonObject { ["size"] = 15 } },
        ["height"] = Math.Min(height, MaxHeight),
        ["margin"] = new JsonObject { ["l"] = 56, ["r"] = 16, ["t"] = 44, ["b"] = 44 },
        ["plot_bgcolor"] = "white",
        ["paper_bgcolor"] = "white",
        ["font"] = new JsonObject { ["family"] = "system-ui, sans-serif", ["size"] = 12, ["color"] = Palette.Ink },
        ["hoverlabel"] = new JsonObject { ["align"] = "left" },
    };

    internal static JsonObject Axis(string title) => new()
    {
        ["title"] = new JsonObject { ["text"] = title },
        ["gridcolor"] = Palette.Grid,
        ["zeroline"] = false,
        ["linecolor"] = Palette.Axis,
    };

    internal static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");
}
