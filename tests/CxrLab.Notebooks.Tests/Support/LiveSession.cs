using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Running;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Tests.Support;

/// <summary>A session inside the test's own process: fast, and its outputs are at hand.</summary>
internal sealed class LiveSession : IDisposable
{
    private readonly ScriptSession session;
    private readonly DisplayHandles displays = new();
    private OutputList outputs = new();
    private int number;

    public LiveSession(string? folder = null) => session = new ScriptSession(folder ?? Path.GetTempPath(), output =>
    {
        outputs.Add(output);
        Seen?.Invoke();
    });

    /// <summary>Told of each output as it comes.</summary>
    public Action? Seen { get; set; }

    public CellFailure? Failure { get; private set; }

    /// <summary>Runs the next cell.</summary>
    public JsonArray Run(string source, string? language = null, CancellationToken stop = default)
    {
        outputs = new OutputList(displays);
        Failure = session.Run(new CellCode(++number, source, language), stop: stop);
        return outputs.ToJson();
    }

    /// <summary>The one output's text/plain.</summary>
    public string Plain(string source) => Text(Assert.Single(Run(source)), "text/plain");

    public static string Text(JsonNode? output, string type) => MultiLine.FromJson(output!["data"]![type]);

    public static string Type(JsonNode? output) => output!["output_type"]!.GetValue<string>();

    public void Dispose() => session.Dispose();
}
