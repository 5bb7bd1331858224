using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>The cells of this kernel's life, for consoles that recall lines. Nothing is kept on disk.</summary>
internal sealed class History
{
    private const int Session = 1;
    private readonly List<Entry> entries = [];

    private sealed record Entry(int Line, string Input)
    {
        public string? Output { get; set; }
    }

    public void Add(int line, string input) => entries.Add(new Entry(line, input));

    /// <summary>The value that the newest cell showed as its result.</summary>
    public void SetOutput(string? text)
    {
        if (entries.Count > 0) entries[^1].Output = text;
    }

    /// <summary>Answers <c>history_request</c>: the tail, a range of lines, or what matches a pattern with <c>*</c> and <c>?</c>.</summary>
    public JsonObject Reply(JupyterMessage request)
    {
        IEnumerable<Entry> found = request.Text("hist_access_type") switch
        {
            "tail" => entries.TakeLast(request.Number("n") ?? entries.Count),
            "range" => Range(request.Number("session") ?? 0, request.Number("start") ?? 1, request.Number("stop") ?? int.MaxValue),
            "search" => Search(request.Text("pattern") ?? "*", request.Flag("unique", false), request.Number("n")),
            _ => [],
        };
        bool withOutput = request.Flag("output", false);
        return new JsonObject { ["status"] = "ok", ["history"] = new JsonArray([.. found.Select(entry => ToJson(entry, withOutput))]) };
    }

    private IEnumerable<Entry> Range(int session, int start, int stop) =>
        session is 0 or Session ? entries.Where(entry => entry.Line >= start && entry.Line < stop) : [];

    private IEnumerable<Entry> Search(string pattern, bool unique, int? most)
    {
        string expression = "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$";
        var regex = new Regex(expression, RegexOptions.Singleline | RegexOptions.NonBacktracking);
        IEnumerable<Entry> found = entries.Where(entry => regex.IsMatch(entry.Input));
        if (unique) found = found.Reverse().DistinctBy(entry => entry.Input).Reverse();
        return most is int n ? found.TakeLast(n) : found;
    }

    private static JsonArray ToJson(Entry entry, bool withOutput) =>
        new(Session, entry.Line, withOutput ? new JsonArray(entry.Input, entry.Output) : (JsonNode)entry.Input);
}
