using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Packages;

namespace CxrLab.Notebooks.Exporting;

/// <summary>Notebooks as a small site: a page each, an index, and a page for each document that a link leads to.</summary>
internal sealed class Course
{
    private readonly string title;
    private readonly LinkMap links;
    private readonly List<Lecture> lectures;
    private readonly List<string> problems = [];

    public Course(string title, IReadOnlyList<NotebookPaths.Found> notebooks)
    {
        this.title = title;
        lectures = [.. notebooks.Select(item => new Lecture(item.Path, Address(item), NotebookFile.Read(item.Path)))];
        foreach (var same in lectures.GroupBy(lecture => lecture.Address).Where(group => group.Count() > 1 || group.Key == CourseIndex.Address))
            throw new BadNotebookException($"{string.Join(" and ", same.Select(lecture => lecture.Path))} can't be exported together: {same.Key} is taken.");
        links = new LinkMap(lectures.Select(lecture => (lecture.Path, lecture.Address)));
    }

    /// <summary>What couldn't be shown as it was meant; complete once all pages have been taken.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Address and text of every page, one at a time: with plotly.js each has 4 MB.</summary>
    public IEnumerable<(string Address, string Text)> Pages()
    {
        for (int i = 0; i < lectures.Count; i++) yield return (lectures[i].Address, Page(i));
        var documents = new List<(string Address, string Title)>();
        while (links.TryNextDocument(out string source))
        {
            (HtmlPage page, string address) = DocumentPage(source);
            documents.Add((address, page.Title));
            yield return (address, page.ToString());
        }
        yield return (CourseIndex.Address,
            CourseIndex.Of(title, [.. lectures.Select(lecture => new CourseIndex.Entry(lecture.Address, lecture.Lesson))], documents).ToString());
    }

    private string Page(int index)
    {
        Lecture lecture = lectures[index];
        var markdown = new MarkdownHtml(lecture.Notebook.Folder, lecture.Address, links);
        var references = new NotebookReferences(lecture.Notebook);
        string body = LessonBody.Of(lecture.Notebook, markdown, references);
        problems.AddRange(markdown.Problems.Select(problem => $"{lecture.Path}: {problem}"));
        string? plotly = Plotly(lecture, references);
        (string, string)? Neighbour(int at) => at >= 0 && at < lectures.Count ? (lectures[at].Address, lectures[at].Lesson.Title) : null;
        return new HtmlPage
        {
            Address = lecture.Address,
            Title = lecture.Lesson.Title,
            Course = title,
            Body = body,
            Headings = markdown.Headings,
            Previous = Neighbour(index - 1),
            Next = Neighbour(index + 1),
            Plotly = plotly,
        }.ToString();
    }

    /// <summary>The script that the lecture's charts need; a problem, and null, where it isn't to be had.</summary>
    private string? Plotly(Lecture lecture, NotebookReferences references)
    {
        if (!lecture.Notebook.Cells.SelectMany(cell => cell.Outputs.OfType<JsonObject>()).Any(OutputHtml.NeedsPlotly)) return null;
        string reason = "plotly.js wasn't found beside a dll or in a package that the notebook references; build that dll first";
        try
        {
            if (PlotlyScript.Find(references) is string script) return script;
        }
        catch (PackageException error)
        {
            reason = $"plotly.js is in a package that can't be had. {error.Message}";
        }
        problems.Add($"{lecture.Path}: its charts are still pictures: {reason}");
        return null;
    }

    private (HtmlPage Page, string Address) DocumentPage(string source)
    {
        string address = links.PageOf(source)!;
        var markdown = new MarkdownHtml(Path.GetDirectoryName(source)!, address, links);
        string body = $"<section class=\"markdown document\">\n{markdown.Of(File.ReadAllText(source))}</section>\n";
        problems.AddRange(markdown.Problems.Select(problem => $"{source}: {problem}"));
        string name = markdown.Headings.FirstOrDefault(heading => heading.Level == 1)?.Text ?? Path.GetFileNameWithoutExtension(source);
        return (new HtmlPage { Address = address, Title = name, Course = title, Body = body, Headings = markdown.Headings }, address);
    }

    private static string Address(NotebookPaths.Found item) => Path.ChangeExtension(item.Relative, ".html").Replace('\\', '/');

    private sealed record Lecture(string Path, string Address, Notebook Notebook)
    {
        public Lesson Lesson { get; } = Lesson.Of(Notebook);
    }
}
