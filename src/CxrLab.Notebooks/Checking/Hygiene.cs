using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Checking;

/// <summary>What a committed lecture must keep to, so that it is whole, short, portable and gives small diffs. A new rule is one more line.</summary>
internal static class Hygiene
{
    private static readonly Func<Notebook, IEnumerable<Finding>>[] Rules =
    [
        FileRules.Metadata, FileRules.Size, FileRules.Ids,
        CellRules.Length, CellRules.Order, CellRules.MachinePaths,
        OutputRules.Errors, OutputRules.Scripts, OutputRules.NetworkLoads,
        TextRules.Lesson, TextRules.Exercises, TextRules.Markdown,
    ];

    /// <returns>The findings, in the order of the rules and then of the cells; none when all is well.</returns>
    public static IReadOnlyList<Finding> Check(Notebook notebook) => [.. Rules.SelectMany(rule => rule(notebook))];
}
