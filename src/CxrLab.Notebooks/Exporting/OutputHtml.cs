using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Formatting;

namespace CxrLab.Notebooks.Exporting;

/// <summary>One output as HTML, in the richest form that a page without a network can show.</summary>
internal static partial class OutputHtml
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    /// <summary>Whether the page must carry plotly.js for this output.</summary>
    public static bool NeedsPlotly(JsonObject output) => output["data"] is JsonObject data
        && (data.ContainsKey(Plotly) || MultiLine.FromJson(data["text/html"]).Contains("Plotly", StringComparison.Ordinal));

    /// <param name="output">An output of the notebook format.</param>
    /// <param name="id">Unique in the page; a chart is drawn into the element of this id.</param>
    public static string Of(JsonObject output, string id) => NotebookCell.Text(output["output_type"]) switch
    {
        "stream" => Pre(NotebookCell.Text(output["name"]) == "stderr" ? "stderr" : "stdout", MultiLine.FromJson(output["text"])),
        "error" => Pre("error", string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(NotebookCell.Text))),
        _ => Data(output["data"] as JsonObject ?? [], id),
    };

    private static string Data(JsonObject data, string id)
    {
        if (data["text/html"] is JsonNode html) return $"<div class=\"rich\">{MultiLine.FromJson(html)}</div>";
        if (data[Plotly] is JsonObject chart) return Chart(chart, id);
        if (data["image/svg+xml"] is JsonNode svg) return $"<div class=\"rich\">{MultiLine.FromJson(svg)}</div>";
        foreach (string type in new[] { "image/png", "image/jpeg" })
        {
            if (data[type] is JsonNode image) return $"<img src=\"data:{type};base64,{MultiLine.FromJson(image).ReplaceLineEndings("")}\" alt=\"\">";
        }
        return Pre("result", MultiLine.FromJson(data["text/plain"]));
    }

    private static string Chart(JsonObject chart, string id)
    {
        string Part(string name, string absent) => InScript(chart[name]?.ToJsonString() ?? absent);
        return $"<div id=\"{id}\" class=\"rich\"></div><script>if (window.Plotly) Plotly.newPlot(\"{id}\", {Part("data", "[]")}, {Part("layout", "{}")}, {Part("config", "{}")});</script>";
    }

    /// <summary>The end tag of a script ends it even inside a string.</summary>
    internal static string InScript(string code) => code.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);

    private static string Pre(string kind, string text) =>
        $"<pre class=\"{kind}\">{Html.Encode(AnsiColour().Replace(text, ""))}</pre>";

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex AnsiColour();
}
