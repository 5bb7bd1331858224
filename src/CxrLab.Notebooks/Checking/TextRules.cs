using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Exporting;
using Markdig.Syntax;

namespace CxrLab.Notebooks.Checking;

/// <summary>Rules about what a lecture tells its reader.</summary>
internal static class TextRules
{
    private const int FewestExercises = 3;

    public static IEnumerable<Finding> Lesson(Notebook notebook)
    {
        const string rule = "lesson";
        Lesson lesson = Exporting.Lesson.Of(notebook);
        string all = string.Join('\n', notebook.Cells.Where(cell => cell.Kind == "markdown").Select(cell => cell.Source));
        if (notebook.Cells is not [{ Kind: "markdown" } first, ..] || !first.Source.TrimStart().StartsWith("# ", StringComparison.Ordinal))
            yield return new Finding(rule, "it doesn't begin with a title.", "Make the first cell Markdown with '# Title'.");
        if (!all.Contains("not for clinical use", StringComparison.OrdinalIgnoreCase))
            yield return new Finding(rule, "the notice is missing.", "Write '*… For teaching, not for clinical use.*' under the title.");
        if (lesson.Objectives.Length == 0) yield return new Finding(rule, "it names no objectives.", "Add a paragraph '**You will** …' to the first cell.");
        if (lesson.Needs.Length == 0) yield return new Finding(rule, "it names no prerequisites.", "Add '**You need** …' to the first cell.");
        if (lesson.Time.Length == 0) yield return new Finding(rule, "it doesn't say how long it takes.", "Add '**Time** …' behind the prerequisites.");
    }

    public static IEnumerable<Finding> Exercises(Notebook notebook)
    {
        const string rule = "exercises";
        (NotebookCell Cell, int Index)[] texts = [.. notebook.Cells.Select((cell, index) => (cell, index)).Where(item => item.cell.Kind == "markdown")];
        (NotebookCell cell, int index) = texts.LastOrDefault(item => HasExercises(item.Cell));
        if (cell is null)
        {
            yield return new Finding(rule, "it has no exercises.", $"Add a heading '## Exercises' with {FewestExercises} numbered exercises, a check for each, and worked solutions.");
            yield break;
        }
        int count = MarkdownHtml.Parse(cell.Source).SkipWhile(block => !IsExercises(block)).OfType<ListBlock>().FirstOrDefault(list => list.IsOrdered)?.Count ?? 0;
        if (count < FewestExercises)
            yield return Finding.In(cell, index, rule, $"it has {count} exercises.", $"Write at least {FewestExercises}, as a numbered list under the heading.");
        if (!texts.Any(item => item.Index >= index && item.Cell.Source.Contains("<details>", StringComparison.OrdinalIgnoreCase)
            && item.Cell.Source.Contains("solution", StringComparison.OrdinalIgnoreCase)))
            yield return Finding.In(cell, index, rule, "no worked solutions follow.", "Add '<details><summary>Worked solutions</summary> … </details>' below.");
        if (!notebook.Cells.Skip(index).Any(later => later.HasCode))
            yield return Finding.In(cell, index, rule, "no check follows.", "Add a code cell that tells a reader whether an answer is right.");
    }

    /// <summary>Links that lead nowhere, pictures that aren't there or have no words, formulas that can't be shown.</summary>
    public static IEnumerable<Finding> Markdown(Notebook notebook)
    {
        foreach ((int index, NotebookCell cell) in notebook.Cells.Index().Where(item => item.Item.Kind == "markdown"))
        {
            var markdown = new MarkdownHtml(notebook.Folder, "page.html", new LinkMap([]));
            markdown.Of(cell.Source, cell.Json["attachments"] as JsonObject);
            foreach (string problem in markdown.Problems) yield return Finding.In(cell, index, "markdown", $"{problem}.", "");
        }
    }

    private static bool HasExercises(NotebookCell cell) => MarkdownHtml.Parse(cell.Source).Any(IsExercises);

    private static bool IsExercises(Block block) =>
        block is HeadingBlock heading && MarkdownHtml.Words(heading).StartsWith("Exercise", StringComparison.OrdinalIgnoreCase);
}
