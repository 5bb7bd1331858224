namespace CxrLab.Notebooks;

/// <summary>Text that is HTML. It shows itself through the same method as any displayable object of a library.</summary>
/// <param name="Markup">A fragment, put into the page as it is.</param>
public sealed record HtmlText(string Markup)
{
    /// <summary>MIME type → text, the contract that the host finds by the method's name.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() =>
        new Dictionary<string, string> { ["text/html"] = Markup, ["text/plain"] = Markup };

    /// <inheritdoc/>
    public override string ToString() => Markup;
}
