using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Exporting.Formulas;
using CxrLab.Notebooks.Formatting;
using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CxrLab.Notebooks.Exporting;

/// <summary>
/// The Markdown of one page as HTML: pictures are put into it, formulas become MathML, links to other notebooks and documents lead to
/// their pages. What can't be shown is kept readable and noted in <see cref="Problems"/>.
/// </summary>
/// <param name="folder">The folder that relative links start from.</param>
/// <param name="page">The page's own address below the export's folder.</param>
/// <param name="links">The pages of the export.</param>
internal sealed partial class MarkdownHtml(string folder, string page, LinkMap links)
{
    /// <summary>What Jupyter's own Markdown knows, and no more: a page must not differ from the notebook.</summary>
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseTaskLists().UseAutoLinks().UseEmphasisExtras().UseMathematics().Build();

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly List<Heading> headings = [];
    private readonly List<string> problems = [];

    /// <summary>A heading of the page.</summary>
    internal sealed record Heading(int Level, string Id, string Text);

    public IReadOnlyList<Heading> Headings => headings;

    /// <summary>One sentence for each thing that couldn't be shown as it was meant.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <param name="text">Markdown.</param>
    /// <param name="attachments">The cell's attached pictures, or null.</param>
    public string Of(string text, JsonObject? attachments = null)
    {
        MarkdownDocument document = Markdown.Parse(text, Pipeline);
        foreach (HeadingBlock heading in document.Descendants<HeadingBlock>()) Take(heading);
        foreach (LinkInline link in document.Descendants<LinkInline>().ToList())
        {
            if (link.IsImage && link.FirstChild is null) problems.Add($"the picture '{link.Url}' has no words for those who can't see it; write ![what it shows]({link.Url})");
            if (link.IsImage) link.Url = Embed(link.Url ?? "", attachments);
            else Follow(link);
        }
        foreach (MathInline math in document.Descendants<MathInline>().ToList()) math.ReplaceBy(new HtmlInline(Formula(math.Content.ToString(), display: math.DelimiterCount > 1)));
        foreach (MathBlock math in document.Descendants<MathBlock>().ToList()) Replace(math);
        foreach (string html in document.Descendants<HtmlInline>().Select(item => item.Tag).Concat(document.Descendants<HtmlBlock>().Select(item => item.Lines.ToString())))
        {
            if (ImageTag().IsMatch(html)) problems.Add("an <img> tag isn't put into the page; write ![what it shows](file)");
        }
        return document.ToHtml(Pipeline);
    }

    /// <summary>The words of a block, without any marks.</summary>
    internal static string Words(LeafBlock block)
    {
        var words = new StringBuilder();
        foreach (Inline inline in block.Inline?.Descendants() ?? [])
        {
            if (inline is LiteralInline literal) words.Append(literal.Content.AsSpan());
            else if (inline is CodeInline code) words.Append(code.Content);
            else if (inline is MathInline math) words.Append(math.Content.AsSpan());
            else if (inline is LineBreakInline) words.Append(' ');
        }
        return words.ToString().Trim();
    }

    internal static MarkdownDocument Parse(string text) => Markdown.Parse(text, Pipeline);

    private void Take(HeadingBlock heading)
    {
        string text = Words(heading);
        string slug = NoWord().Replace(text.ToLowerInvariant(), "-").Trim('-');
        string id = Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? slug : $"{slug}-{i}").First(ids.Add);
        heading.GetAttributes().Id = id;
        headings.Add(new Heading(heading.Level, id, text));
    }

    private void Follow(LinkInline link)
    {
        string url = link.Url ?? "";
        if (url.StartsWith('#') || Scheme().IsMatch(url)) return;
        string[] parts = url.Split('#', 2);
        string file = Path.GetFullPath(Uri.UnescapeDataString(parts[0]), folder);
        if (links.PageOf(file) is string target)
        {
            link.Url = LinkMap.Relative(page, target) + (parts.Length > 1 ? "#" + parts[1] : "");
            return;
        }
        bool exists = File.Exists(file) || Directory.Exists(file);
        if (!exists) problems.Add($"the link to '{url}' leads nowhere");
        // A file of the repository that is no page: the words stay, and say where it is.
        link.InsertBefore(new HtmlInline($"<span class=\"file\" title=\"{Html.Encode(exists ? $"in the repository: {url}" : url)}\">"));
        link.InsertAfter(new HtmlInline("</span>"));
        link.ReplaceBy(new ContainerInline(), copyChildren: true);
    }

    private string Embed(string url, JsonObject? attachments)
    {
        const string prefix = "attachment:";
        if (url.StartsWith(prefix, StringComparison.Ordinal))
        {
            var data = attachments?[Uri.UnescapeDataString(url[prefix.Length..])] as JsonObject;
            if (data is { Count: > 0 }) return $"data:{data.First().Key};base64,{MultiLine.FromJson(data.First().Value).ReplaceLineEndings("")}";
        }
        if (url.StartsWith("data:", StringComparison.Ordinal)) return url;
        string file = Scheme().IsMatch(url) ? "" : Path.GetFullPath(Uri.UnescapeDataString(url), folder);
        if (File.Exists(file) && MimeType(file) is string type) return $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}";
        problems.Add($"the picture '{url}' {(file.Length > 0 ? "isn't there, or is no PNG, JPEG, GIF or SVG" : "lies in the network; put it beside the notebook")}");
        return url;
    }

    private void Replace(MathBlock math)
    {
        string html = Formula(math.Lines.ToString(), display: true);
        var block = new HtmlBlock(new Markdig.Parsers.HtmlBlockParser()) { Lines = new Markdig.Helpers.StringLineGroup($"<div class=\"formula\">{html}</div>") };
        ContainerBlock parent = math.Parent!;
        parent[parent.IndexOf(math)] = block;
    }

    private string Formula(string latex, bool display)
    {
        try
        {
            return MathMl.Of(latex, display);
        }
        catch (FormulaException error)
        {
            problems.Add($"the formula '{latex.Trim()}': {error.Message}");
            return $"<code class=\"bad\">{Html.Encode(latex)}</code>";
        }
    }

    private static string? MimeType(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        _ => null,
    };

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex NoWord();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();

    [GeneratedRegex("<img\\b(?![^>]*src=[\"']data:)", RegexOptions.IgnoreCase)]
    private static partial Regex ImageTag();
}
