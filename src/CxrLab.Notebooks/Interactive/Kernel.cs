using CxrLab.Notebooks;
using CxrLab.Notebooks.Session;

namespace Microsoft.DotNet.Interactive;

/// <summary>
/// What notebooks written for .NET Interactive call on <c>Kernel</c> after <c>using Microsoft.DotNet.Interactive;</c>, under its names.
/// Its commands and other languages don't exist here.
/// </summary>
#pragma warning disable IDE1006, CA1724 // names of .NET Interactive
public static class Kernel
{
    /// <inheritdoc cref="CellFunctions.display"/>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => CellFunctions.display(value, mimeTypes);

    /// <inheritdoc cref="CellFunctions.HTML"/>
    public static HtmlText HTML(string content) => CellFunctions.HTML(content);

    /// <inheritdoc cref="CellFunctions.CSS"/>
    public static DisplayedValue CSS(string content) => CellFunctions.CSS(content);

    /// <inheritdoc cref="CellFunctions.Javascript"/>
    public static DisplayedValue Javascript(string scriptContent) => CellFunctions.Javascript(scriptContent);

    /// <summary>Asks whoever sits at the notebook for a line.</summary>
    /// <param name="prompt">What to show.</param>
    /// <param name="typeHint">Taken so that old notebooks compile; every answer is a line of text.</param>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") => Task.FromResult(Ask(new InputRequest(prompt)));

    /// <summary>As <see cref="GetInputAsync"/>, but what is typed isn't shown and not stored in the notebook.</summary>
    /// <param name="prompt">What to show.</param>
    /// <exception cref="InvalidOperationException">Nobody is there to answer.</exception>
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") => Task.FromResult(new PasswordString(Ask(new InputRequest(prompt, IsPassword: true))));

    private static string Ask(InputRequest question)
    {
        CellSink sink = CellSink.OfRunningCell("Kernel's questions");
        sink.Flush(); // what the cell printed explains the question
        return sink.Input?.Invoke(question) ?? throw InputRequest.NobodyAnswers();
    }
}

/// <summary>Text that was typed without being seen. It shows itself as dots.</summary>
/// <param name="content">The text.</param>
public sealed class PasswordString(string content)
{
    /// <summary>The text itself.</summary>
    public string GetClearTextPassword() => content;

    /// <inheritdoc/>
    public override string ToString() => new('•', content.Length);
}
#pragma warning restore IDE1006, CA1724
