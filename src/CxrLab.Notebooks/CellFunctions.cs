using CxrLab.Notebooks.Formatting;
using CxrLab.Notebooks.Session;

namespace CxrLab.Notebooks;

/// <summary>What every cell can call without a <c>using</c>. The lower-case names are those of .NET Interactive, so old notebooks run.</summary>
#pragma warning disable CA1708, IDE1006 // display and Display are both established names
public static class CellFunctions
#pragma warning restore CA1708, IDE1006
{
    /// <summary>Shows a value below the cell at this point, in the richest form it has; see <see cref="HTML"/> for own markup.</summary>
    /// <returns>A handle whose <see cref="DisplayedValue.Update"/> shows another value in its place.</returns>
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">The forms wanted, such as <c>text/html</c>; none for all that the value has.</param>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => DisplayedValue.Show(MimeBundle.Of(value, mimeTypes));

    /// <summary>Shows a value below the cell, at the end of a chain of calls.</summary>
    public static DisplayedValue Display<T>(this T value, params string[] mimeTypes) => display(value, mimeTypes);

    /// <summary>Shows text that is of a MIME type already, such as markup (<c>text/html</c>) or a drawing (<c>image/svg+xml</c>).</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => DisplayedValue.Show(MimeBundle.Raw(value, mimeType));

    /// <summary>Runs a script in the page, at once.</summary>
    public static DisplayedValue Javascript(string script) => display(HTML($"<script type=\"text/javascript\">{script}</script>"));

    /// <summary>Adds a style sheet to the page, at once.</summary>
    public static DisplayedValue CSS(string sheet) => display(HTML($"<style>{sheet}</style>"));

    /// <summary>Takes away what the cell has shown so far.</summary>
    /// <param name="wait">Whether it stays until the next output comes, which avoids flicker.</param>
    public static void ClearOutput(bool wait = false) => CellSink.OfRunningCell(nameof(ClearOutput)).Add(OutputJson.Clear(wait));

    /// <summary>Marks text as HTML: as a cell's last expression or through <see cref="display"/> it is rendered, not quoted.</summary>
    public static HtmlText HTML(string markup) => new(markup);
}
