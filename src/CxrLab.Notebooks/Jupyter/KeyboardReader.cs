using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// <see cref="Console.In"/> of the cells: each line is asked of the person whose cell it is. Where the client has said that nobody
/// answers, as nbclient and nbconvert do, reading is an error instead of a wait without end.
/// </summary>
internal sealed class KeyboardReader(KernelSockets sockets, IoPub ioPub) : TextReader
{
    private readonly BlockingCollection<string> answers = [];
    private JupyterMessage? cell;
    private CancellationToken cancel;
    private string rest = ""; // of a line that is read character by character

    /// <summary>From here on, questions go to the client of this request.</summary>
    public void CellStarts(JupyterMessage request, CancellationToken interrupt)
    {
        while (answers.TryTake(out _)) { } // the answer to a cell that was interrupted
        (cell, cancel, rest) = (request, interrupt, "");
    }

    /// <summary>An <c>input_reply</c> has come.</summary>
    public void Answered(JupyterMessage reply) => answers.Add(reply.Text("value") ?? "");

    public override string? ReadLine()
    {
        if (rest.Length > 0)
        {
            string line = rest.TrimEnd('\n');
            rest = "";
            return line;
        }
        return Ask();
    }

    public override int Read()
    {
        if (Peek() < 0) return -1;
        char next = rest[0];
        rest = rest[1..];
        return next;
    }

    public override int Peek()
    {
        if (rest.Length == 0) rest = Ask() + "\n";
        return rest[0];
    }

    private string Ask()
    {
        if (cell is null || !cell.Flag("allow_stdin", true))
            throw new InvalidOperationException("This cell reads from the keyboard, but nobody is there to answer: the notebook runs without a person. " +
                "Give the value in a cell tagged 'parameters', or run the notebook in an editor.");
        ioPub.Flush(); // the question that the cell printed comes first
        sockets.Ask(cell, "input_request", new JsonObject { ["prompt"] = "", ["password"] = false });
        return answers.Take(cancel);
    }
}
