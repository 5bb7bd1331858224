using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Exporting;

namespace CxrLab.Notebooks.Checking;

/// <summary>Rules about outputs: what is committed must be right, small, and visible without a network.</summary>
internal static partial class OutputRules
{
    /// <summary>Longest script element, in characters; plotly.js has 3.6 million.</summary>
    private const int LongScript = 100_000;

    public static IEnumerable<Finding> Errors(Notebook notebook)
    {
        foreach ((NotebookCell cell, int index, JsonObject output) in All(notebook))
        {
            if (NotebookCell.Text(output["output_type"]) != "error" || cell.HasTag("raises-exception")) continue;
            yield return Finding.In(cell, index, "error-output",
                $"it shows an error: {NotebookCell.Text(output["ename"])}: {NotebookCell.Text(output["evalue"])?.Split('\n')[0]}.", "Mend it; an error that is meant to be seen needs the cell tag 'raises-exception'.");
        }
    }

    public static IEnumerable<Finding> Scripts(Notebook notebook)
    {
        foreach ((NotebookCell cell, int index, JsonObject output) in All(notebook))
        {
            if (!Texts(output).Any(text => text.Contains("plotly.js v", StringComparison.OrdinalIgnoreCase) || Script().Matches(text).Any(match => match.Length > LongScript))) continue;
            yield return Finding.In(cell, index, "script", "its output holds a whole script library, such as plotly.js.", "Keep the chart's data in the notebook only; 'cxrnb export' adds the script.");
        }
    }

    public static IEnumerable<Finding> NetworkLoads(Notebook notebook)
    {
        foreach ((NotebookCell cell, int index, JsonObject output) in All(notebook))
        {
            string html = MultiLine.FromJson((output["data"] as JsonObject)?["text/html"]);
            if (OutputHtml.LoadsFromNetwork(html)) yield return Finding.In(cell, index, "network", "its output loads from the network, and is blank without one.", "Put pictures and scripts into the output itself.");
        }
    }

    /// <summary>The texts of an output that people read; pictures in base64 are no text.</summary>
    public static IEnumerable<string> Texts(JsonNode? output)
    {
        if (output is not JsonObject map) yield break;
        foreach (string key in new[] { "text", "traceback" }) yield return MultiLine.FromJson(map[key]);
        yield return NotebookCell.Text(map["evalue"]) ?? "";
        foreach ((string type, JsonNode? value) in map["data"] as JsonObject ?? [])
        {
            if (type.StartsWith("text/", StringComparison.Ordinal)) yield return MultiLine.FromJson(value);
        }
    }

    private static IEnumerable<(NotebookCell Cell, int Index, JsonObject Output)> All(Notebook notebook) =>
        notebook.Cells.SelectMany((cell, index) => cell.Outputs.OfType<JsonObject>().Select(output => (cell, index, output)));

    [GeneratedRegex("<script\\b.*?</script", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Script();
}
