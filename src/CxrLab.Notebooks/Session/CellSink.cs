using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Formatting;

namespace CxrLab.Notebooks.Session;

/// <summary>
/// Where a session's outputs go, in the order in which they were made: text line by line, values as they come.
/// Safe to call from several threads, because cells start threads.
/// </summary>
/// <param name="emit">Receives each output as an object of the notebook format, and besides those of the Jupyter protocol that change
/// earlier ones (<c>update_display_data</c>, <c>clear_output</c>); see <see cref="OutputJson"/>.</param>
/// <param name="stream">Receives printed text as (name, text) instead; without it text is emitted as stream outputs.</param>
internal sealed class CellSink(Action<JsonObject> emit, Action<string, string>? stream = null)
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

    /// <exception cref="InvalidOperationException">No cell is running in this code's context.</exception>
    public static CellSink OfRunningCell(string function) => Current
        ?? throw new InvalidOperationException($"{function} shows values inside a running cell; this code runs outside of one.");

    /// <summary>Asks the user for a line; null where nobody can be asked. The host sets it.</summary>
    public Func<InputRequest, string?>? Input { get; init; }

    /// <param name="name"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="text">What a cell wrote.</param>
    public void Write(string name, ReadOnlySpan<char> text)
    {
        // Here and below: an interrupted cell's thread is aborted anywhere but in a finally, and the lock must not stay with it.
        try { }
        finally
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
    }

    public void Add(JsonObject output)
    {
        try { }
        finally
        {
            lock (gate)
            {
                FlushLocked();
                emit(output);
            }
        }
    }

    public void Flush()
    {
        try { }
        finally
        {
            lock (gate) FlushLocked();
        }
    }

    private void FlushLocked()
    {
        if (pending.Length == 0) return;
        if (stream is null) emit(OutputJson.Stream(pendingName, pending.ToString()));
        else stream(pendingName, pending.ToString());
        pending.Clear();
    }
}

/// <summary>A question to whoever sits at the notebook.</summary>
/// <param name="Prompt">What to show; may be empty.</param>
/// <param name="IsPassword">Whether what is typed must not be seen.</param>
internal sealed record InputRequest(string Prompt, bool IsPassword = false)
{
    /// <summary>What to say where the notebook runs without a person.</summary>
    public static InvalidOperationException NobodyAnswers() => new("This cell asks for input, but nobody is there to answer: the notebook runs without a person. " +
        "Give the value in a cell tagged 'parameters', or run the notebook in an editor.");
}
