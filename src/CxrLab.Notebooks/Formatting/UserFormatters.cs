using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace CxrLab.Notebooks.Formatting;

/// <summary>
/// What a notebook has taught the formatting package: formatters that it registered, MIME types that it prefers, and PocketView's
/// HTML. The package's own default formatters aren't used; this program's say more.
/// </summary>
internal static class UserFormatters
{
    private const string Html = "text/html";
    private const string Plain = "text/plain";

    /// <returns>Null when the notebook said nothing about values of this type.</returns>
    public static Dictionary<string, string>? Of(object? value)
    {
        if (value is null) return null;
        Type type = value.GetType();
        string[] registered = [.. Formatter.RegisteredFormatters(includeDefaults: false).Where(item => Fits(item.Type, type)).Select(item => item.MimeType).Distinct()];
        string[] preferred = [.. Formatter.GetPreferredMimeTypesFor(type)];
        bool isChosen = preferred is not [string only] || only != (type == typeof(string) ? Plain : Html);
        if (isChosen) return preferred.ToDictionary(mime => mime, mime => As(value, mime, registered));
        if (registered.Length > 0) return registered.ToDictionary(mime => mime, mime => As(value, mime, registered));
        return value is IHtmlContent ? new() { [Html] = Formatter.ToDisplayString(value, Html) } : null;
    }

    /// <summary>The value in a form that the caller names.</summary>
    public static string As(object? value, string mime) =>
        mime == Plain && (value is null || Of(value)?.ContainsKey(Plain) != true) ? PlainText.Of(value) : Formatter.ToDisplayString(value, mime);

    private static string As(object value, string mime, string[] registered) => mime switch
    {
        Plain when !registered.Contains(Plain) => PlainText.Of(value),
        Html when !registered.Contains(Html) && HtmlTable.Of(value) is string table => table,
        _ => Formatter.ToDisplayString(value, mime),
    };

    private static bool Fits(Type registered, Type type) => registered.IsAssignableFrom(type)
        || (registered.IsGenericTypeDefinition && Family(type).Any(item => item.IsGenericType && item.GetGenericTypeDefinition() == registered));

    private static IEnumerable<Type> Family(Type type)
    {
        for (Type? item = type; item is not null; item = item.BaseType) yield return item;
        foreach (Type item in type.GetInterfaces()) yield return item;
    }
}
