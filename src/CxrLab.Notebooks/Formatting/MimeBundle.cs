using System.Reflection;

namespace CxrLab.Notebooks.Formatting;

/// <summary>A value in every form that it can be shown in: MIME type → text or base64. <c>text/plain</c> is always there.</summary>
internal static class MimeBundle
{
    public static IReadOnlyDictionary<string, string> Of(object? value)
    {
        var bundle = new Dictionary<string, string>(Own(value) ?? HtmlOf(value));
        bundle.TryAdd("text/plain", PlainText.Of(value));
        return bundle;
    }

    /// <summary>
    /// The value's own forms, found by the method's name: this program knows no type of the library that made the value.
    /// An exception inside the method is the cell's error.
    /// </summary>
    private static IReadOnlyDictionary<string, string>? Own(object? value)
    {
        MethodInfo? method = value?.GetType().GetMethod("ToMimeBundle", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes);
        if (method is null || !typeof(IReadOnlyDictionary<string, string>).IsAssignableFrom(method.ReturnType)) return null;
        return (IReadOnlyDictionary<string, string>?)method.Invoke(value, BindingFlags.DoNotWrapExceptions, null, null, null)
            ?? throw new InvalidOperationException($"{value!.GetType().Name}.ToMimeBundle() returned null; it must return at least text/plain.");
    }

    private static Dictionary<string, string> HtmlOf(object? value) =>
        HtmlTable.Of(value) is string html ? new() { ["text/html"] = html } : [];
}
