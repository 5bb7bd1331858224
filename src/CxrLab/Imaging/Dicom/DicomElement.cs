using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CxrLab.Imaging.Dicom;

/// <summary>One element of a DICOM data set: its tag, its value representation and its bytes as they stand in the file.</summary>
public sealed class DicomElement
{
    internal DicomElement(DicomTag tag, string vr, long offset, ReadOnlyMemory<byte> value, bool written) =>
        (Tag, Vr, Offset, Value, VrWritten) = (tag, vr, offset, value, written);

    /// <summary>Group and element.</summary>
    public DicomTag Tag { get; }

    /// <summary>Two letters, such as US or DS; "UN" where an implicit file and this library's dictionary don't say.</summary>
    public string Vr { get; }

    /// <summary>Where the element begins in the file, in bytes.</summary>
    public long Offset { get; }

    /// <summary>The raw value; empty for a sequence or for pixels in fragments.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>The items of a sequence; null for anything else.</summary>
    public IReadOnlyList<DicomDataSet>? Items { get; internal init; }

    /// <summary>Fragments of compressed pixels, the first one being the offset table; null for anything else.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Fragments { get; internal init; }

    /// <summary>Whether the file itself says the representation (explicit VR).</summary>
    internal bool VrWritten { get; }

    /// <summary>The value as text without its padding; the parts of a multi-valued element stay joined by a backslash.</summary>
    public string Text() => Encoding.Latin1.GetString(Value.Span).Trim(' ', '\0', '\t', '\r', '\n');

    /// <summary>The value's numbers, whether stored as text (DS, IS) or as binary (US, SS, UL, SL, FL, FD, …).</summary>
    /// <exception cref="FormatException">A part isn't a number, or the length doesn't fit the representation; the message has no file name.</exception>
    public double[] Numbers(bool signed = false) => Vr switch
    {
        "DS" or "IS" or "UN" => [.. Text().Split('\\', StringSplitOptions.TrimEntries).Where(part => part.Length > 0).Select(Parse)],
        "US" or "OW" when !signed => Each(2, bytes => BinaryPrimitives.ReadUInt16LittleEndian(bytes)),
        "US" or "OW" or "SS" => Each(2, bytes => BinaryPrimitives.ReadInt16LittleEndian(bytes)),
        "UL" or "OL" => Each(4, bytes => BinaryPrimitives.ReadUInt32LittleEndian(bytes)),
        "SL" => Each(4, bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
        "FL" or "OF" => Each(4, bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        "FD" or "OD" => Each(8, bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        "OB" => Each(1, bytes => bytes[0]),
        _ => throw new FormatException($"{Tag} has representation {Vr}, which holds no numbers"),
    };

    /// <inheritdoc/>
    public override string ToString() => Items is { } items ? $"{Tag} {Vr}: {items.Count} items"
        : Fragments is { } fragments ? $"{Tag} {Vr}: {fragments.Count} fragments"
        : Vr is "US" or "SS" && Value.Length is > 0 and <= 64 ? $"{Tag} {Vr}: {string.Join('\\', Numbers().Select(number => number.ToString(CultureInfo.InvariantCulture)))}"
        : Vr is "UL" or "SL" or "FL" or "FD" or "AT" or "UN" || Vr.StartsWith('O') || Value.Length > 128 ? $"{Tag} {Vr}: {Value.Length} bytes"
        : $"{Tag} {Vr}: {Text()}";

    private double Parse(string part) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"{Tag} should be a number; it reads \"{Shown(part)}\"");

    private static string Shown(string part) =>
        new([.. part.Take(24).Select(letter => char.IsControl(letter) ? '?' : letter)]);

    private double[] Each(int size, Func<ReadOnlySpan<byte>, double> read)
    {
        // An odd trailing byte is padding; half a number is damage.
        if (Value.Length % size > (size == 2 ? 1 : 0)) throw new FormatException($"{Tag} has {Value.Length} bytes, which isn't a multiple of {size} ({Vr})");
        var numbers = new double[Value.Length / size];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = read(Value.Span.Slice(i * size, size));
            if (!double.IsFinite(numbers[i])) throw new FormatException($"{Tag} holds a number that isn't finite");
        }

        return numbers;
    }
}
