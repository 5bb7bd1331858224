using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Formatting;

namespace CxrLab.Notebooks.Exporting;

/// <summary>One notebook as one HTML file that needs nothing else: no network, no folder of pictures.</summary>
internal static class HtmlPage
{
    public static string Of(Notebook notebook)
    {
        bool charts = notebook.Cells.SelectMany(cell => cell.Outputs.OfType<JsonObject>()).Any(OutputHtml.NeedsPlotly);
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<title>").Append(Html.Encode(Title(notebook))).Append("</title>\n<style>\n").Append(Style()).Append("</style>\n");
        if (charts) page.Append(PlotlyScript.Find(notebook)).Append('\n');
        page.Append("</head>\n<body>\n<main>\n");
        foreach ((int index, NotebookCell cell) in notebook.Cells.Index()) Append(page, cell, index, notebook.Folder);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder page, NotebookCell cell, int index, string folder)
    {
        if (cell.Kind == "markdown") page.Append("<section class=\"markdown\">\n").Append(MarkdownHtml.Of(cell, folder)).Append("</section>\n");
        if (!cell.HasCode) return;
        string count = cell.Json["execution_count"]?.ToJsonString() ?? " ";
        page.Append("<section class=\"cell\">\n<div class=\"count\">[").Append(count).Append("]</div>\n");
        page.Append("<pre class=\"code\"><code>").Append(CodeHtml.Of(cell.Source)).Append("</code></pre>\n");
        foreach ((int place, JsonObject output) in cell.Outputs.OfType<JsonObject>().Index())
            page.Append("<div class=\"output\">").Append(OutputHtml.Of(output, $"output-{index}-{place}")).Append("</div>\n");
        page.Append("</section>\n");
    }

    /// <summary>The first heading, else the file's name.</summary>
    private static string Title(Notebook notebook) =>
        notebook.Cells.Where(cell => cell.Kind == "markdown").SelectMany(cell => cell.Source.Split('\n'))
            .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim()
        ?? Path.GetFileNameWithoutExtension(notebook.Name);

    private static string Style()
    {
        using Stream stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("page.css")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
