using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Exporting;

/// <summary>The cells of a notebook, one under the other.</summary>
internal static class LessonBody
{
    /// <param name="notebook">With the outputs that it holds; nothing is run.</param>
    /// <param name="markdown">The page's Markdown, which gathers headings and problems.</param>
    /// <param name="references">What its code refers to.</param>
    public static string Of(Notebook notebook, MarkdownHtml markdown, NotebookReferences references)
    {
        IReadOnlyDictionary<int, string> code = CodeHtml.Of(notebook, references);
        var body = new StringBuilder();
        foreach (NotebookCell cell in notebook.Cells)
        {
            if (cell.Kind == "markdown")
                body.Append("<section class=\"markdown\">\n").Append(markdown.Of(cell.Source, cell.Json["attachments"] as JsonObject)).Append("</section>\n");
            else if (cell.HasCode) Append(body, cell, code[cell.Number]);
        }
        return body.ToString();
    }

    private static void Append(StringBuilder body, NotebookCell cell, string code)
    {
        body.Append(CultureInfo.InvariantCulture, $"<section class=\"cell\" id=\"cell-{cell.Number}\" aria-label=\"Cell {cell.Number}\">\n");
        body.Append(CultureInfo.InvariantCulture, $"<div class=\"code\"><span class=\"count\" aria-hidden=\"true\">{cell.Number}</span>");
        body.Append(CultureInfo.InvariantCulture, $"<pre role=\"region\" aria-label=\"Code of cell {cell.Number}\" tabindex=\"0\"><code>{code}</code></pre></div>\n");
        foreach (JsonObject output in cell.Outputs.OfType<JsonObject>())
            body.Append("<div class=\"output\">").Append(OutputHtml.Of(output, $"Output of cell {cell.Number}")).Append("</div>\n");
        body.Append("</section>\n");
    }
}
