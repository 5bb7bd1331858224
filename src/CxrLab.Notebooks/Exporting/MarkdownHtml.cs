using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CxrLab.Notebooks.Exporting;

/// <summary>A Markdown cell as HTML; its pictures, attached or beside the notebook, are put into the page.</summary>
internal static class MarkdownHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    public static string Of(NotebookCell cell, string folder)
    {
        MarkdownDocument document = Markdown.Parse(cell.Source, Pipeline);
        foreach (LinkInline image in document.Descendants<LinkInline>().Where(link => link.IsImage))
            image.Url = Inline(image.Url ?? "", cell.Json["attachments"] as JsonObject, folder);
        return document.ToHtml(Pipeline);
    }

    private static string Inline(string url, JsonObject? attachments, string folder)
    {
        const string prefix = "attachment:";
        if (url.StartsWith(prefix, StringComparison.Ordinal))
        {
            var data = attachments?[Uri.UnescapeDataString(url[prefix.Length..])] as JsonObject;
            return data is { Count: > 0 } ? $"data:{data.First().Key};base64,{MultiLine.FromJson(data.First().Value).ReplaceLineEndings("")}" : url;
        }
        if (url.Contains(':', StringComparison.Ordinal)) return url;
        string file = Path.GetFullPath(Uri.UnescapeDataString(url), folder);
        return File.Exists(file) && MimeType(file) is string type ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}" : url;
    }

    private static string? MimeType(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        _ => null,
    };
}
