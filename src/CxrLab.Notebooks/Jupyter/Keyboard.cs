using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// <c>Console.ReadLine</c> of a cell: the person whose cell it is is asked. Where the client has said that nobody answers, as nbclient
/// and nbconvert do, reading is an error instead of a wait without end.
/// </summary>
internal sealed class Keyboard(KernelSockets sockets, IoPub ioPub)
{
    private readonly BlockingCollection<string> answers = [];

    /// <summary>An <c>input_reply</c> has come.</summary>
    public void Answered(JupyterMessage reply) => answers.Add(reply.Text("value") ?? "");

    /// <param name="cell">Whose client is asked.</param>
    /// <param name="question">What to ask.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">Nobody answers there.</exception>
    public string Ask(JupyterMessage cell, InputRequest question, CancellationToken stop)
    {
        if (!cell.Flag("allow_stdin", true)) throw InputRequest.NobodyAnswers();
        while (answers.TryTake(out _)) { } // the answer to a question that was given up
        try { }
        finally
        {
            // An interrupted cell's thread is aborted anywhere but in a finally; the queue to the sockets must stay whole.
            ioPub.Flush(); // what the cell printed explains the question
            sockets.Ask(cell, "input_request", new JsonObject { ["prompt"] = question.Prompt, ["password"] = question.IsPassword });
        }
        return answers.Take(stop);
    }
}
