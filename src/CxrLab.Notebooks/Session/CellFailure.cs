namespace CxrLab.Notebooks.Session;

/// <summary>Why a cell failed, as an error output shows it: without any folder of this machine.</summary>
/// <param name="Name">Type of the error, such as <c>DivideByZeroException</c>.</param>
/// <param name="Message">One sentence or more.</param>
/// <param name="Traceback">What to print: place, code line, message, callers, causes.</param>
internal sealed record CellFailure(string Name, string Message, IReadOnlyList<string> Traceback)
{
    public CellFailure Scrub(PathScrubber scrubber) =>
        new(Name, scrubber.Scrub(Message), [.. Traceback.Select(scrubber.Scrub)]);
}
