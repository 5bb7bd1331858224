using System.Globalization;
using System.Text;
using CxrLab.Notebooks.Formatting;

namespace CxrLab.Notebooks.Exporting;

/// <summary>The course's front page: each lecture with what it is about, what it asks for and how long it takes.</summary>
internal static class CourseIndex
{
    public const string Address = "index.html";

    /// <param name="Address">The lecture's page.</param>
    /// <param name="Lesson">What it says about itself.</param>
    internal sealed record Entry(string Address, Lesson Lesson);

    public static HtmlPage Of(string course, IReadOnlyList<Entry> lectures, IReadOnlyList<(string Address, string Title)> documents)
    {
        var body = new StringBuilder($"<h1>{Html.Encode(course)}</h1>\n");
        // What every lecture says of itself is said once here.
        string[] notices = [.. lectures.Select(lecture => lecture.Lesson.Notice).Distinct()];
        if (notices is [{ Length: > 0 } shared]) body.Append(CultureInfo.InvariantCulture, $"<p class=\"notice\">{Html.Encode(shared)}</p>\n");
        body.Append("<ol class=\"lectures\">\n");
        foreach (Entry lecture in lectures) Append(body, lecture);
        body.Append("</ol>\n");
        if (documents.Count > 0)
        {
            body.Append("<h2>Also here</h2>\n<ul>\n");
            foreach ((string address, string title) in documents) body.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{Url(address)}\">{Html.Encode(title)}</a></li>\n");
            body.Append("</ul>\n");
        }
        return new HtmlPage { Address = Address, Title = course, Course = course, Body = body.ToString() };
    }

    private static void Append(StringBuilder body, Entry lecture)
    {
        Lesson lesson = lecture.Lesson;
        body.Append(CultureInfo.InvariantCulture, $"<li>\n<h2><a href=\"{Url(lecture.Address)}\">{Html.Encode(lesson.Title)}</a></h2>\n");
        if (lesson.Summary.Length > 0) body.Append(CultureInfo.InvariantCulture, $"<p>{Html.Encode(lesson.Summary)}</p>\n");
        (string Name, string Text)[] facts = [("You will", lesson.Objectives), ("You need", lesson.Needs), ("Time", lesson.Time)];
        if (facts.Any(fact => fact.Text.Length > 0)) body.Append("<dl>\n");
        foreach ((string name, string text) in facts.Where(fact => fact.Text.Length > 0)) body.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{Html.Encode(text)}</dd>\n");
        if (facts.Any(fact => fact.Text.Length > 0)) body.Append("</dl>\n");
        body.Append("</li>\n");
    }

    private static string Url(string address) => Html.Encode(LinkMap.Relative(Address, address));
}
