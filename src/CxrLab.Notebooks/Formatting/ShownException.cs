using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Formatting;

/// <summary>An exception that a cell shows as a value: as a failure of the cell would look, without this machine's folders.</summary>
internal static class ShownException
{
    public static string Of(Exception error)
    {
        CellFailure failure = RuntimeFailure.From(error, new Dictionary<string, string>());
        return string.Join('\n', failure.Scrub(new PathScrubber(Environment.CurrentDirectory)).Traceback);
    }
}
