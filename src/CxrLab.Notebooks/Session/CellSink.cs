using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Formatting;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// Where a session's outputs go, in the order in which they were made: text line by line, values as they come.
/// Safe to call from several threads, because cells start threads.
/// </summary>
internal sealed class CellSink(Action<JsonObject> emit)
{
    private static readonly AsyncLocal<CellSink?> Ambient = new();
    private readonly Lock gate = new();
    private readonly StringBuilder pending = new();
    private string pendingName = "stdout";

    /// <summary>The sink of the cell that this code runs in; it flows into the tasks and threads that a cell starts.</summary>
    public static CellSink? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <param name="name"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="text">What a cell wrote.</param>
    public void Write(string name, ReadOnlySpan<char> text)
    {
        lock (gate)
        {
            if (name != pendingName) FlushLocked();
            pendingName = name;
            pending.Append(text);
            // Whole lines leave at once, so what was printed before a native abort isn't lost with the process.
            if (text.Contains('\n')) FlushLocked();
        }
    }

    public void Add(JsonObject output)
    {
        lock (gate)
        {
            FlushLocked();
            emit(output);
        }
    }

    public void Flush()
    {
        lock (gate) FlushLocked();
    }

    private void FlushLocked()
    {
        if (pending.Length == 0) return;
        emit(OutputJson.Stream(pendingName, pending.ToString()));
        pending.Clear();
    }
}
