using System.Collections;
using System.Reflection;
using System.Text;

namespace CxrLab.Notebooks.Formatting;

/// <summary>A table for what is read best as one: data frames, sequences of records, dictionaries, a record. Null for all else.</summary>
internal static class HtmlTable
{
    private const int MostRows = 20;

    public static string? Of(object? value)
    {
        if (value is null || PlainText.IsScalar(value.GetType()) || TensorView.IsTensor(value)) return null;
        if (DataFrameTable.Of(value) is string frame) return frame;
        return value switch
        {
            IDictionary map => Render(["key", "value"], PlainText.Entries(map).Select(item => new[] { item.Key, item.Value })),
            IEnumerable items => OfSequence(items),
            _ when IsRecord(value.GetType()) => Render(["property", "value"],
                Columns(value.GetType()).Select(property => new[] { property.Name, Read(property, value) })),
            _ => null,
        };
    }

    /// <param name="headers">Column names.</param>
    /// <param name="rows">At most <see cref="MostRows"/> are shown; a note says that there are more.</param>
    /// <param name="note">A line below the table, such as the size of the whole.</param>
    public static string Render(IEnumerable<string> headers, IEnumerable<object?[]> rows, string? note = null)
    {
        var html = new StringBuilder("<table>\n<thead><tr>");
        foreach (string header in headers) html.Append("<th>").Append(Html.Encode(header)).Append("</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        List<object?[]> first = [.. rows.Take(MostRows + 1)];
        foreach (object?[] row in first.Take(MostRows))
        {
            html.Append("<tr>");
            foreach (object? cell in row) html.Append("<td>").Append(Html.Encode(PlainText.Short(cell))).Append("</td>");
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table>");
        note ??= first.Count > MostRows ? $"first {MostRows} rows" : null;
        return note is null ? html.ToString() : html.Append("\n<p>").Append(Html.Encode(note)).Append("</p>").ToString();
    }

    /// <summary>Items of one record type become rows; numbers, strings and mixtures are read better as one line of text.</summary>
    private static string? OfSequence(IEnumerable items)
    {
        List<object?> first = [.. items.Cast<object?>().Take(MostRows + 1)];
        Type? type = first.FirstOrDefault()?.GetType();
        if (type is null || !IsRecord(type) || first.Any(item => item?.GetType() != type)) return null;
        PropertyInfo[] columns = Columns(type);
        return Render(columns.Select(column => column.Name), first.Select(item => columns.Select(column => Read(column, item!)).ToArray()));
    }

    private static PropertyInfo[] Columns(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(item => item.CanRead && item.GetIndexParameters().Length == 0)];

    /// <summary>
    /// Records (they have a compiler-made copy method, or print their members when they are structs), anonymous types, and types of a cell
    /// all of whose public data are properties, without a text of their own. What a library's other types are, only the library knows.
    /// </summary>
    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null
        || type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal)
        || (IsOfCell(type) && !PlainText.PrintsItself(type) && Columns(type).Length > 0 && type.GetFields().Length == 0);

    private static bool IsOfCell(Type type) => type.DeclaringType?.Name.StartsWith("Submission#", StringComparison.Ordinal) == true
        && !type.Name.Contains('<', StringComparison.Ordinal); // nor what the compiler made of an iterator or a lambda

    private static object? Read(PropertyInfo property, object item)
    {
        try
        {
            return property.GetValue(item);
        }
        catch (TargetInvocationException error)
        {
            return $"({error.InnerException!.GetType().Name})"; // one property that can't be read must not hide the others
        }
    }
}
