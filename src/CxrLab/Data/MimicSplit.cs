using System.Diagnostics.CodeAnalysis;

namespace CxrLab.Data;

/// <summary>The split table of MIMIC-CXR-JPG: the published part of each image.</summary>
internal sealed class MimicSplit
{
    private readonly Dictionary<string, string> parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    internal MimicSplit(string? file)
    {
        lookup = parts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (file is null) return;
        using CsvTable table = CsvTable.Open(file);
        int image = table.Column("dicom_id"), split = table.Column("split");
        while (table.Read())
        {
            string part = table.Text(split);
            if (part is not ("train" or "validate" or "test")) throw table.Error($"the split is '{part}'; expected train, validate or test.");
            // Not by the table's pool of strings: it would hold every name once more.
            if (!parts.TryAdd(table.Span(image).ToString(), part)) throw table.Error($"'{table.Text(image)}' stands in the table a second time; remove one of the rows.");
        }
    }

    internal bool IsEmpty => parts.Count == 0;

    /// <summary>Train, validate or test, with the string that already holds the image's name.</summary>
    internal bool TryGet(ReadOnlySpan<char> image, [NotNullWhen(true)] out string? name, [NotNullWhen(true)] out string? part) => lookup.TryGetValue(image, out name, out part);
}
