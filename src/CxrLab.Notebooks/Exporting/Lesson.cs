using CxrLab.Notebooks.Document;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CxrLab.Notebooks.Exporting;

/// <summary>What a notebook says about itself in its first Markdown cell: enough for an index, and what <c>cxrnb check</c> asks for.</summary>
/// <param name="Title">The first heading of level 1, else the file's name.</param>
/// <param name="Notice">The first paragraph that is all in italics, such as <i>for teaching, not for clinical use</i>; or empty.</param>
/// <param name="Summary">The first plain paragraph.</param>
/// <param name="Objectives">What stands behind <b>You will</b>; or empty.</param>
/// <param name="Needs">What stands behind <b>You need</b>; or empty.</param>
/// <param name="Time">What stands behind <b>Time</b>; or empty.</param>
internal sealed record Lesson(string Title, string Notice, string Summary, string Objectives, string Needs, string Time)
{
    public static Lesson Of(Notebook notebook)
    {
        NotebookCell? first = notebook.Cells.FirstOrDefault(cell => cell.Kind == "markdown");
        MarkdownDocument document = MarkdownHtml.Parse(first?.Source ?? "");
        string? title = document.OfType<HeadingBlock>().Where(heading => heading.Level == 1).Select(MarkdownHtml.Words).FirstOrDefault();
        ParagraphBlock[] paragraphs = [.. document.OfType<ParagraphBlock>()];
        Dictionary<string, string> marked = new(paragraphs.SelectMany(Marked), StringComparer.OrdinalIgnoreCase);
        return new Lesson(
            title ?? Path.GetFileNameWithoutExtension(notebook.Name),
            paragraphs.Where(IsItalic).Select(MarkdownHtml.Words).FirstOrDefault("")!,
            paragraphs.Where(item => !IsItalic(item) && !Marked(item).Any()).Select(MarkdownHtml.Words).FirstOrDefault("")!,
            marked.GetValueOrDefault("You will", ""), marked.GetValueOrDefault("You need", ""), marked.GetValueOrDefault("Time", ""));
    }

    /// <summary>The parts of a paragraph that begin in bold: <c>**You need** lecture 4. **Time** a minute.</c> has two.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Marked(ParagraphBlock paragraph)
    {
        if (paragraph.Inline?.FirstChild is not EmphasisInline { DelimiterCount: 2 }) yield break;
        string text = MarkdownHtml.Words(paragraph);
        List<string> marks = [.. paragraph.Inline.OfType<EmphasisInline>().Where(item => item.DelimiterCount == 2)
            .Select(item => string.Concat(item.OfType<LiteralInline>().Select(part => part.Content.ToString())))];
        int at = 0;
        for (int i = 0; i < marks.Count; i++)
        {
            int start = text.IndexOf(marks[i], at, StringComparison.Ordinal) + marks[i].Length;
            int end = i + 1 < marks.Count ? text.IndexOf(marks[i + 1], start, StringComparison.Ordinal) : text.Length;
            at = end;
            yield return new(marks[i].TrimEnd('.', ':'), text[start..end].Trim());
        }
    }

    private static bool IsItalic(ParagraphBlock paragraph) =>
        paragraph.Inline is { FirstChild: EmphasisInline { DelimiterCount: 1 } only } && only.NextSibling is null;
}
