using System.Text.Json.Nodes;
using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>Answers <c>execute_request</c>: runs cells one after the other and numbers them.</summary>
internal sealed class CellRequests(ScriptSession session, IoPub ioPub, Keyboard keyboard, History history, Inspection inspection)
{
    private readonly ChartScript charts = new(ioPub);
    private readonly Lock gate = new();
    private CancellationTokenSource? running;
    private int count;

    /// <summary>Stops the running cell; nothing happens where none runs.</summary>
    public void Interrupt()
    {
        lock (gate) running?.Cancel();
    }

    /// <returns>The reply's content; its <c>status</c> tells whether the cell failed.</returns>
    public JsonObject Run(JupyterMessage request)
    {
        string code = request.Text("code") ?? "";
        bool silent = request.Flag("silent", false);
        bool counts = !silent && request.Flag("store_history", true);
        if (counts) history.Add(++count, code);
        if (!silent) ioPub.Tell("execute_input", request, new JsonObject { ["code"] = code, ["execution_count"] = count });
        if (HelpPage(code) is JsonObject page) return Succeeded([], page);
        using var interrupt = new CancellationTokenSource();
        lock (gate) running = interrupt;
        try
        {
            (CellFailure? failure, JsonNode? result) = Execute(code, request, silent, interrupt.Token);
            if (counts && result is not null) history.SetOutput(NotebookCell.Text(result["text/plain"]));
            return failure is null ? Succeeded(Evaluate(request, interrupt.Token)) : Failed(failure);
        }
        finally
        {
            lock (gate) running = null;
            ioPub.Flush();
        }
    }

    /// <returns>Why it failed, or the data of its result.</returns>
    private (CellFailure? Failure, JsonObject? Result) Execute(string code, JupyterMessage request, bool silent, CancellationToken stop)
    {
        JsonObject? result = null;
        void Emit(JsonObject output)
        {
            JsonObject content = OutputContent.Of(output);
            string type = NotebookCell.Text(output["output_type"]) ?? "";
            if (type == "execute_result") result = content["data"] as JsonObject;
            if (silent) return;
            charts.BeforeOutput(request, content);
            ioPub.Tell(type, request, content);
        }
        var sink = new CellSink(Emit, (name, text) => { if (!silent) ioPub.Stream(request, name, text); })
        {
            Input = question => keyboard.Ask(request, question, stop),
        };
        CellFailure? failure = session.Run(new CellCode(count, code), sink, stop);
        return (failure, result);
    }

    /// <summary>The values that a client wants to know besides the cell's own, such as a variable that it shows in a panel.</summary>
    private JsonObject Evaluate(JupyterMessage request, CancellationToken stop)
    {
        var values = new JsonObject();
        foreach ((string name, JsonNode? expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            (CellFailure? failure, JsonObject? data) = Execute(NotebookCell.Text(expression) ?? "", request, silent: true, stop);
            values[name] = failure is null
                ? new JsonObject { ["status"] = "ok", ["data"] = data?.DeepClone() ?? new JsonObject(), ["metadata"] = new JsonObject() }
                : Error(failure);
        }
        return values;
    }

    /// <summary>A cell that is a name with a question mark, <c>Console?</c> or <c>?Console</c>: its description, in the client's pager.</summary>
    private JsonObject? HelpPage(string code)
    {
        string text = code.Trim();
        if (text.Length < 2 || text.Contains('\n') || text[0] == '?' == (text[^1] == '?')) return null;
        string name = text.Trim('?').Trim();
        return inspection.Describe(name, name.Length) is string description
            ? new JsonObject { ["source"] = "page", ["start"] = 0, ["data"] = new JsonObject { ["text/plain"] = description } }
            : null;
    }

    private JsonObject Succeeded(JsonObject values, params JsonNode[] pages) => new()
    {
        ["status"] = "ok",
        ["execution_count"] = count,
        ["payload"] = new JsonArray(pages),
        ["user_expressions"] = values,
    };

    private JsonObject Failed(CellFailure failure)
    {
        JsonObject content = Error(failure);
        content["execution_count"] = count;
        return content;
    }

    private static JsonObject Error(CellFailure failure)
    {
        JsonObject content = OutputContent.Of(OutputJson.Error(failure));
        content["status"] = "error";
        return content;
    }
}
