using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using Markdig;

namespace CxrLab.Notebooks.Exporting;

/// <summary>An executed notebook as one page that needs no network. Figures show their still pictures.</summary>
internal static class HtmlPage
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseMathematics().Build();
    private static readonly string[] Richest = ["text/html", "image/svg+xml", "image/png", "text/plain"];

    internal static string Of(Notebook notebook)
    {
        var body = new StringBuilder();
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (cell.Kind == "markdown") body.Append("<div class=\"prose\">").Append(Markdig.Markdown.ToHtml(cell.Source, Markdown)).Append("</div>\n");
            if (!cell.HasCode) continue;
            body.Append("<pre class=\"code\"><code>").Append(WebUtility.HtmlEncode(cell.Source.TrimEnd())).Append("</code></pre>\n");
            foreach (JsonObject output in cell.Outputs.OfType<JsonObject>()) body.Append("<div class=\"output\">").Append(Output(output)).Append("</div>\n");
        }

        return $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{WebUtility.HtmlEncode(notebook.Name)}}</title>
            <style>
            body{font:16px/1.6 system-ui,sans-serif;color:#263238;max-width:860px;margin:2rem auto;padding:0 1rem}
            h1,h2,h3{line-height:1.25}.code{background:#f5f7f8;border-left:3px solid #0072b2;padding:.7rem 1rem;overflow:auto;font-size:13.5px;line-height:1.45}
            .output{margin:.4rem 0 1.2rem;overflow:auto}.output pre{font-size:13px;white-space:pre-wrap;margin:.2rem 0}.error{color:#b00020}
            table{border-collapse:collapse;font-size:13.5px}td,th{padding:.25em .7em;border-bottom:1px solid #e0e4e7;text-align:left}img,svg{max-width:100%}
            blockquote{border-left:3px solid #ffb300;margin-left:0;padding-left:1rem;color:#5d4037}
            </style></head><body>
            {{body}}</body></html>

            """;
    }

    private static string Output(JsonObject output)
    {
        switch (NotebookCell.Text(output["output_type"]))
        {
            case "stream": return $"<pre>{WebUtility.HtmlEncode(MultiLine.FromJson(output["text"]))}</pre>";
            case "error": return $"<pre class=\"error\">{WebUtility.HtmlEncode(string.Join('\n', ((JsonArray)output["traceback"]!).Select(line => line!.GetValue<string>())))}</pre>";
        }

        if (output["data"] is not JsonObject data) return "";
        string best = Richest.FirstOrDefault(data.ContainsKey) ?? "";
        string value = MultiLine.FromJson(data[best]);
        return best switch
        {
            "text/html" or "image/svg+xml" => value,
            "image/png" => $"<img alt=\"{WebUtility.HtmlEncode(MultiLine.FromJson(data["text/plain"]))}\" src=\"data:image/png;base64,{value}\">",
            _ => $"<pre>{WebUtility.HtmlEncode(value)}</pre>",
        };
    }
}
