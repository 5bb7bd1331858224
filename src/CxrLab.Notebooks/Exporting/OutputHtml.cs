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
    /// <param name="place">What an output without words of its own is called, such as <c>Output of cell 3</c>.</param>
    public static string Of(JsonObject output, string place) => NotebookCell.Text(output["output_type"]) switch
    {
        "stream" => Pre(NotebookCell.Text(output["name"]) == "stderr" ? "stderr" : "stdout", MultiLine.FromJson(output["text"]), place),
        "error" => Pre("error", string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(NotebookCell.Text)), place),
        _ => Data(output["data"] as JsonObject ?? [], place),
    };

    private static string Data(JsonObject data, string place)
    {
        string words = MultiLine.FromJson(data["text/plain"]);
        string name = Html.Encode(words.Length is > 0 and < 1000 ? words.ReplaceLineEndings(" ").Trim() : place);
        string svg = MultiLine.FromJson(data["image/svg+xml"]);
        // The chart's own data comes first: from them the page can draw light and dark, and as wide as it is.
        if (data[Plotly] is JsonObject chart) return Chart(chart, svg, name);
        string html = MultiLine.FromJson(data["text/html"]);
        if (html.Length > 0 && !LoadsFromNetwork(html)) return $"<div class=\"rich\" role=\"region\" aria-label=\"{Html.Encode(place)}\" tabindex=\"0\">{html}</div>";
        if (svg.Length > 0) return $"<div class=\"rich paper\" role=\"img\" aria-label=\"{name}\">{svg}</div>";
        foreach (string type in new[] { "image/png", "image/jpeg", "image/gif" })
        {
            if (data[type] is JsonNode image) return $"<img src=\"data:{type};base64,{MultiLine.FromJson(image).ReplaceLineEndings("")}\" alt=\"{name}\">";
        }
        if (data["text/markdown"] is JsonNode markdown) return Pre("result", MultiLine.FromJson(markdown), place);
        if (html.Length > 0 && words.Length == 0) return Pre("stderr", "[This output loads from the network and isn't shown here.]", place);
        return Pre("result", words, place);
    }

    /// <summary>
    /// The still picture is there from the start: for readers without scripts and for the printer. The script at the page's end puts
    /// the interactive chart in its place.
    /// </summary>
    private static string Chart(JsonObject chart, string svg, string name)
    {
        string spec = InScript(chart.ToJsonString());
        return $"<figure class=\"chart\" role=\"group\" aria-label=\"{name}\"><div class=\"still paper\">{svg}</div><div class=\"live\"></div>" +
            $"<script type=\"application/json\">{spec}</script></figure>";
    }

    /// <summary>The end tag of a script ends it even inside a string; a comment's start would hide it.</summary>
    internal static string InScript(string code) => code.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)
        .Replace("<!--", "<\\u0021--", StringComparison.Ordinal);

    /// <summary>Whether markup needs the network to be shown; a link that the reader may follow doesn't count.</summary>
    internal static bool LoadsFromNetwork(string html) => NetworkLoad().IsMatch(html);

    private static string Pre(string kind, string text, string place) =>
        $"<pre class=\"{kind}\" role=\"region\" aria-label=\"{Html.Encode(place)}\" tabindex=\"0\">{Html.Encode(AnsiColour().Replace(text, ""))}</pre>";

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex AnsiColour();

    [GeneratedRegex("""\bsrc\s*=\s*["']?(?:https?:)?//|<link\b[^>]*\bhref\s*=|@import|url\(\s*["']?(?:https?:)?//""", RegexOptions.IgnoreCase)]
    private static partial Regex NetworkLoad();
}
