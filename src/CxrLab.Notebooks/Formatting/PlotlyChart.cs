using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace CxrLab.Notebooks.Formatting;

/// <summary>
/// A Plotly.NET chart, known by name, so a notebook may bring any version of that package. Its own HTML points to a CDN and stays
/// blank offline; this one draws with the plotly.js that is on the page, which the session or the exporter puts there once.
/// </summary>
internal static class PlotlyChart
{
    public static Dictionary<string, string>? Of(object value)
    {
        Type? type = value.GetType();
        while (type is not null && type.FullName != "Plotly.NET.GenericChart") type = type.BaseType;
        MethodInfo? json = type?.GetMethod("toFigureJson", BindingFlags.Public | BindingFlags.Static);
        if (json?.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [value], null) is not string figure) return null;
        return new Dictionary<string, string>
        {
            ["application/vnd.plotly.v1+json"] = figure,
            ["text/html"] = Html(figure),
            ["text/plain"] = "Plotly chart",
        };
    }

    private static string Html(string figure)
    {
        string json = figure.Replace("</", "<\\/", StringComparison.Ordinal);
        // Named by content: running a notebook again gives the same output.
        string id = "chart-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..12];
        return $$"""
            <div id="{{id}}" style="max-width:760px;min-height:60px">The chart appears where plotly.js is on the page.</div>
            <script>(function () {
              var figure = {{json}};
              function draw(tries) {
                var div = document.getElementById("{{id}}");
                if (div && window.Plotly) { div.innerHTML = ""; window.Plotly.newPlot(div, figure.data, figure.layout, figure.config || { responsive: true }); }
                else if (tries > 0) setTimeout(function () { draw(tries - 1); }, 200);
              }
              draw(50);
            })();</script>
            """;
    }
}
