using System.Text.RegularExpressions;

namespace CxrLab.Notebooks.Session;

/// <summary>Why a cell failed, as an error output shows it: without any folder of this machine.</summary>
/// <param name="Name">Type of the error, such as <c>DivideByZeroException</c>.</param>
/// <param name="Message">One sentence or more.</param>
/// <param name="Traceback">What to print: place, code line, message, callers, causes.</param>
internal sealed partial record CellFailure(string Name, string Message, IReadOnlyList<string> Traceback)
{
    /// <summary>Place and reason in one line, for tables: <c>Cell 3, line 2: DivideByZeroException: …</c>.</summary>
    public string Headline(int cell)
    {
        string reason = Message.Split('\n')[0];
        if (reason.StartsWith("Cell ", StringComparison.Ordinal)) return reason;
        string? place = Traceback.Select(line => CellPlace().Match(line)).FirstOrDefault(match => match.Success)?.Value;
        return $"{place ?? $"Cell {cell}"}: {Name}: {reason}";
    }

    [GeneratedRegex(@"Cell \d+, line \d+")]
    private static partial Regex CellPlace();

    public CellFailure Scrub(PathScrubber scrubber) =>
        new(Name, scrubber.Scrub(Message), [.. Traceback.Select(scrubber.Scrub)]);
}
