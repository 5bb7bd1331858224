using System.Text.Json.Nodes;
using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>Answers <c>execute_request</c>: runs cells one after the other and numbers them.</summary>
internal sealed class CellRequests(ScriptSession session, OutputMessages outputs, IoPub ioPub, KeyboardReader keyboard, History history)
{
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
        outputs.CellStarts(request, silent);
        CellFailure? failure = Execute(request, new CellCode(count, code));
        ioPub.Flush();
        if (counts) history.SetOutput(outputs.Result);
        return failure is null
            ? new JsonObject { ["status"] = "ok", ["execution_count"] = count, ["payload"] = new JsonArray(), ["user_expressions"] = Evaluate(request) }
            : Failed(failure, count);
    }

    private CellFailure? Execute(JupyterMessage request, CellCode cell)
    {
        using var interrupt = new CancellationTokenSource();
        lock (gate) running = interrupt;
        keyboard.CellStarts(request, interrupt.Token);
        try
        {
            return session.Run(cell);
        }
        finally
        {
            lock (gate) running = null;
        }
    }

    private static JsonObject Evaluate(JupyterMessage request) => [];

    private static JsonObject Failed(CellFailure failure, int count)
    {
        JsonObject content = OutputJson.Error(failure);
        content.Remove("output_type");
        content["status"] = "error";
        content["execution_count"] = count;
        return content;
    }
}
