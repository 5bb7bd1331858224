using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Scripting.Hosting;

namespace CxrLab.Notebooks.Formatting;

/// <summary>A value as text, the same under every culture: strings bare, sequences as <c>[1, 2, 3]</c>, the rest as it prints itself.</summary>
internal static partial class PlainText
{
    private const int MostItems = 100;
    private const int MostCharacters = 20_000;
    private const int Deepest = 4;

    public static string Of(object? value) => Shorten(value as string ?? Nested(value, 0), MostCharacters).ReplaceLineEndings("\n");

    /// <summary>A value inside a table's cell: one short line.</summary>
    public static string Short(object? value) =>
        Shorten((value as string ?? Nested(value, 1)).ReplaceLineEndings(" "), 200);

    /// <summary>Numbers, text, dates, enums: what needs no table.</summary>
    public static bool IsScalar(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || (type.IsValueType && typeof(IFormattable).IsAssignableFrom(type))
        || Nullable.GetUnderlyingType(type) is not null;

    /// <summary>Key and value of each entry; enumerated in any other way a generic dictionary gives pairs of its own types.</summary>
    public static IEnumerable<DictionaryEntry> Entries(IDictionary map)
    {
        foreach (DictionaryEntry entry in map) yield return entry;
    }

    private static string Nested(object? value, int depth) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        bool or char => value.ToString()!,
        _ when PrintsItself(value.GetType()) => value.ToString() ?? "",
        IDictionary map => $"{{{Join(Entries(map), item => $"{Nested(item.Key, depth + 1)}: {Nested(item.Value, depth + 1)}")}}}",
        IEnumerable when depth >= Deepest => "[…]",
        IEnumerable items => $"[{Join(items.Cast<object?>(), item => Nested(item, depth + 1))}]",
        _ => CellPrefix().Replace(CSharpObjectFormatter.Instance.FormatObject(value), ""),
    };

    /// <summary>Types with a ToString of their own, such as records, tensors and most classes of a library.</summary>
    public static bool PrintsItself(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType is Type declaring
        && declaring != typeof(object) && declaring != typeof(ValueType);

    private static string Join<T>(IEnumerable<T> items, Func<T, string> text)
    {
        // One more than is shown tells whether there are more; an endless sequence isn't counted.
        List<T> first = [.. items.Take(MostItems + 1)];
        string shown = string.Join(", ", first.Take(MostItems).Select(text));
        return first.Count > MostItems ? shown + ", …" : shown;
    }

    /// <summary>The compiler's class around a cell, in which the cell's own types lie.</summary>
    [GeneratedRegex(@"\bSubmission#\d+[.+]")]
    private static partial Regex CellPrefix();

    private static string Shorten(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
