using System.Diagnostics.CodeAnalysis;

namespace CxrLab.Imaging.Dicom;

/// <summary>The elements of a DICOM file or of one item of a sequence, by tag. A tag that a damaged file has twice counts as its last.</summary>
public sealed class DicomDataSet
{
    private readonly Dictionary<DicomTag, DicomElement> elements;
    private readonly DicomSource source;

    internal DicomDataSet(Dictionary<DicomTag, DicomElement> elements, DicomSource source) => (this.elements, this.source) = (elements, source);

    /// <summary>In the order of the tags.</summary>
    public IEnumerable<DicomElement> Elements => elements.Values.OrderBy(element => element.Tag);

    /// <summary>Whether the element is there, be it empty.</summary>
    public bool Contains(DicomTag tag) => elements.ContainsKey(tag);

    /// <summary>Looks an element up.</summary>
    public bool TryGet(DicomTag tag, [NotNullWhen(true)] out DicomElement? element) => elements.TryGetValue(tag, out element);

    /// <summary>The element's text without padding; null where it is absent or empty.</summary>
    public string? Text(DicomTag tag) => elements.TryGetValue(tag, out DicomElement? element) && element.Text() is { Length: > 0 } text ? text : null;

    /// <summary>The element's numbers; empty where it is absent or empty.</summary>
    /// <param name="tag">Which.</param>
    /// <param name="signed">Read 16-bit words as signed whatever the representation.</param>
    /// <exception cref="ImageFormatException">It doesn't hold numbers.</exception>
    public double[] Numbers(DicomTag tag, bool signed = false)
    {
        if (!elements.TryGetValue(tag, out DicomElement? element)) return [];
        try
        {
            return element.Numbers(signed);
        }
        catch (FormatException error)
        {
            throw source.Error($"{error.Message} (at byte {element.Offset}).", error);
        }
    }

    /// <summary>The first of the element's numbers; null where it is absent or empty.</summary>
    /// <exception cref="ImageFormatException">It doesn't hold numbers.</exception>
    public double? Number(DicomTag tag, bool signed = false) => Numbers(tag, signed) is { Length: > 0 } numbers ? numbers[0] : null;

    /// <summary>The first of the element's numbers as an integer; null where it is absent or empty.</summary>
    /// <exception cref="ImageFormatException">It isn't an integer.</exception>
    public int? Integer(DicomTag tag, bool signed = false)
    {
        if (Number(tag, signed) is not { } number) return null;
        if (number != Math.Floor(number) || Math.Abs(number) > int.MaxValue) throw source.Error($"{tag} should be an integer; it is {number.ToString(System.Globalization.CultureInfo.InvariantCulture)}.");
        return (int)number;
    }

    /// <summary>The items of a sequence; empty where it is absent. In an implicit file a sequence is known as one only here, when it is asked for.</summary>
    /// <exception cref="ImageFormatException">It isn't a sequence.</exception>
    public IReadOnlyList<DicomDataSet> Items(DicomTag tag)
    {
        if (!elements.TryGetValue(tag, out DicomElement? element)) return [];
        if (element.Items is { } items) return items;
        if (element.Value.IsEmpty) return [];
        throw source.Error($"{tag} should be a sequence; it has representation {element.Vr} (at byte {element.Offset}).");
    }

    internal ImageFormatException Error(string problem, Exception? inner = null) => source.Error(problem, inner);
}

/// <summary>Where a data set came from; names the file in errors.</summary>
internal sealed record DicomSource(string Name)
{
    internal ImageFormatException Error(string problem, Exception? inner = null) => new(Name, problem, inner);
}
