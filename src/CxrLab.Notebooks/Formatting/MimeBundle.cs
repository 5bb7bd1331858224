using System.Reflection;

namespace CxrLab.Notebooks.Formatting;

/// <summary>A value in every form that it can be shown in: MIME type → text or base64. <c>text/plain</c> is always there.</summary>
internal static class MimeBundle
{
    public static IReadOnlyDictionary<string, string> Of(object? value)
    {
        var bundle = new Dictionary<string, string>(Own(value) ?? UserFormatters.Of(value) ?? Known(value));
        bundle.TryAdd("text/plain", PlainText.Of(value));
        return OutputCap.Apply(bundle);
    }

    /// <summary>The forms that the caller names, and text.</summary>
    public static IReadOnlyDictionary<string, string> Of(object? value, string[] mimeTypes)
    {
        IReadOnlyDictionary<string, string> all = Of(value);
        if (mimeTypes.Length == 0) return all;
        var bundle = mimeTypes.Distinct().ToDictionary(type => type, type => all.TryGetValue(type, out string? text) ? text : UserFormatters.As(value, type));
        bundle.TryAdd("text/plain", all["text/plain"]);
        return OutputCap.Apply(bundle);
    }

    /// <summary>Text that is of that type already.</summary>
    public static IReadOnlyDictionary<string, string> Raw(string text, string mimeType)
    {
        var bundle = new Dictionary<string, string> { [mimeType] = text };
        bundle.TryAdd("text/plain", PlainText.Of(text));
        return OutputCap.Apply(bundle);
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

    /// <summary>What this program knows how to show, without knowing the types.</summary>
    private static Dictionary<string, string> Known(object? value)
    {
        if (value is null) return [];
        if (value is Exception error) return new() { ["text/plain"] = ShownException.Of(error) };
        return PlotlyChart.Of(value) ?? TensorView.Of(value) ?? (HtmlTable.Of(value) is string html ? new() { ["text/html"] = html } : []);
    }
}
