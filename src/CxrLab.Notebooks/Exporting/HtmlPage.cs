using System.Globalization;
using System.Text;
using CxrLab.Notebooks.Formatting;

namespace CxrLab.Notebooks.Exporting;

/// <summary>The frame that all pages of a course share: style, navigation, table of contents, light and dark. One file, no network.</summary>
internal sealed record HtmlPage
{
    /// <summary>The page's own address below the export's folder.</summary>
    public required string Address { get; init; }

    public required string Title { get; init; }

    /// <summary>Name of the whole course, the way back to its index.</summary>
    public required string Course { get; init; }

    /// <summary>What stands in the middle.</summary>
    public required string Body { get; init; }

    public IReadOnlyList<MarkdownHtml.Heading> Headings { get; init; } = [];

    /// <summary>The pages before and after this one.</summary>
    public (string Address, string Title)? Previous { get; init; }

    /// <inheritdoc cref="Previous"/>
    public (string Address, string Title)? Next { get; init; }

    /// <summary>The script of plotly.js, where the page has charts; or null.</summary>
    public string? Plotly { get; init; }

    /// <summary>Nothing may come from outside, even if an output tries; drawing charts needs scripts and styles of the page itself.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'; img-src data: blob:; font-src data:; media-src data:; base-uri 'none'";

    private bool IsIndex => Address == CourseIndex.Address;

    public override string ToString()
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(Policy).Append("\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<title>").Append(Html.Encode(IsIndex ? Title : $"{Title} – {Course}")).Append("</title>\n<style>\n").Append(Resource("page.css")).Append("</style>\n");
        page.Append("<script>\n").Append(Resource("theme.js")).Append("</script>\n");
        if (Plotly is not null) page.Append(Plotly).Append('\n');
        page.Append("</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the text</a>\n");
        AppendHeader(page);
        page.Append("<div class=\"columns\">\n");
        AppendContents(page);
        page.Append("<main id=\"main\">\n").Append(Body);
        AppendNeighbours(page);
        page.Append("</main>\n</div>\n<script>\n").Append(Resource("page.js")).Append("</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private void AppendHeader(StringBuilder page)
    {
        string home = Html.Encode(LinkMap.Relative(Address, CourseIndex.Address));
        page.Append("<header>\n<nav aria-label=\"Course\">");
        page.Append(IsIndex ? $"<span class=\"home\">{Html.Encode(Course)}</span>" : $"<a class=\"home\" href=\"{home}\">{Html.Encode(Course)}</a>");
        page.Append(Neighbour(Previous, "prev", "← ", "")).Append(Neighbour(Next, "next", "", " →"));
        page.Append("</nav>\n<button type=\"button\" id=\"theme\" aria-pressed=\"false\">Dark</button>\n</header>\n");
    }

    private void AppendContents(StringBuilder page)
    {
        MarkdownHtml.Heading[] entries = [.. Headings.Where(heading => heading.Level is 2 or 3)];
        if (entries.Length < 2) return;
        page.Append("<nav class=\"contents\" aria-label=\"On this page\">\n<details open>\n<summary>On this page</summary>\n<ul>\n");
        foreach (MarkdownHtml.Heading entry in entries)
            page.Append(CultureInfo.InvariantCulture, $"<li class=\"level{entry.Level}\"><a href=\"#{entry.Id}\">{Html.Encode(entry.Text)}</a></li>\n");
        page.Append("</ul>\n</details>\n</nav>\n");
    }

    private void AppendNeighbours(StringBuilder page)
    {
        if (Previous is null && Next is null) return;
        page.Append("<nav class=\"neighbours\" aria-label=\"Previous and next\">");
        page.Append(Neighbour(Previous, "prev", "← ", "", whole: true)).Append(Neighbour(Next, "next", "", " →", whole: true)).Append("</nav>\n");
    }

    private string Neighbour((string Address, string Title)? other, string kind, string before, string after, bool whole = false)
    {
        if (other is not { } page) return "";
        string title = Html.Encode(page.Title);
        string word = kind == "prev" ? "Previous" : "Next";
        string text = whole ? $"{before}{title}{after}" : $"{before}{word}{after}";
        return $"<a rel=\"{kind}\" class=\"{kind}\" href=\"{Html.Encode(LinkMap.Relative(Address, page.Address))}\" title=\"{title}\">{text}</a>";
    }

    internal static string Resource(string name)
    {
        using Stream stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
