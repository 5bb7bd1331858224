using System.Text.Json.Serialization;
using CxrLab.Notebooks.Document;

namespace CxrLab.Notebooks.Checking;

/// <summary>Something that keeps a notebook from being committed.</summary>
/// <param name="Rule">The rule's short name, the same in every version.</param>
/// <param name="Message">What was found.</param>
/// <param name="Fix">What to do.</param>
/// <param name="Cell">The code cell's number, as errors and pages show it; null for other cells and for the notebook itself.</param>
/// <param name="Place">The cell's place among all cells, from 1; null for the notebook itself.</param>
/// <param name="Id">The cell's id.</param>
internal sealed record Finding(
    [property: JsonPropertyName("rule")] string Rule,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("fix")] string Fix,
    [property: JsonPropertyName("cell")] int? Cell = null,
    [property: JsonPropertyName("place")] int? Place = null,
    [property: JsonPropertyName("id")] string? Id = null)
{
    /// <summary>A finding about one cell.</summary>
    public static Finding In(NotebookCell cell, int index, string rule, string message, string fix) =>
        new(rule, message, fix, cell.HasCode ? cell.Number : null, index + 1, cell.Id);

    private string Where => Cell is int number ? $"Cell {number}: " : Place is int place ? $"Text cell at place {place}: " : "";

    public override string ToString() => $"{Where}{Message} {Fix}";
}
