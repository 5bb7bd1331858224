using System.Buffers.Binary;
using System.Text;

namespace CxrLab.Imaging.Dicom;

/// <summary>
/// Elements out of bytes (PS3.5, chapter 7), explicit or implicit VR, little endian. Values are views into the file's bytes, so no length
/// that a damaged file claims can make it allocate; nesting is bounded, and every step moves forward.
/// </summary>
internal sealed class DicomParser(ReadOnlyMemory<byte> file, DicomSource source, List<string> remarks)
{
    private const uint Undefined = 0xffffffff;
    private const int DeepestNesting = 32;
    private static readonly DicomTag Item = new(0xfffe, 0xe000), ItemEnd = new(0xfffe, 0xe00d), SequenceEnd = new(0xfffe, 0xe0dd);
    private int depth;

    /// <summary>Reads elements from <paramref name="at"/> while <paramref name="goOn"/> likes the next tag.</summary>
    internal DicomDataSet ReadWhile(ref int at, bool implicitVr, Func<DicomTag, bool> goOn)
    {
        var elements = new Dictionary<DicomTag, DicomElement>();
        while (at < file.Length && !OnlyPaddingLeft(at))
        {
            DicomTag tag = TagAt(at);
            if (!goOn(tag)) break;
            if (tag.Group == Item.Group) throw source.Error($"an item or delimiter stands outside of a sequence at byte {at}; the file is damaged.");
            elements[tag] = Element(ref at, file.Length, implicitVr);
        }

        return new DicomDataSet(elements, source);
    }

    /// <summary>Whether the element at <paramref name="at"/> looks like one with explicit VR.</summary>
    internal static bool IsExplicit(ReadOnlySpan<byte> file, int at) => at + 6 <= file.Length && DicomVr.IsKnown(file[at + 4], file[at + 5]);

    private DicomElement Element(ref int at, int end, bool implicitVr)
    {
        int start = at;
        DicomTag tag = TagAt(at, end);
        (string vr, uint length, int header, bool written) = Header(at, end, tag, implicitVr);
        at += header;
        if (length == Undefined) return UndefinedLength(tag, vr, start, ref at, end, implicitVr || !written);
        if (length > end - at)
            throw source.Error($"{tag} at byte {start} says it has {length} bytes, but {end - at} are left; the file is cut off or damaged, fetch it again.");
        int valueEnd = at + (int)length;
        // An implicit file doesn't say what is a sequence: the dictionary does, and else a value that begins with an item is left as bytes.
        if (vr == "SQ")
        {
            List<DicomDataSet> items = Items(ref at, valueEnd, delimited: false, implicitVr || !written);
            at = valueEnd;
            return new DicomElement(tag, vr, start, default, written) { Items = items };
        }

        at = valueEnd;
        return new DicomElement(tag, vr, start, file.Slice(valueEnd - (int)length, (int)length), written);
    }

    private (string Vr, uint Length, int Header, bool Written) Header(int at, int end, DicomTag tag, bool implicitVr)
    {
        ReadOnlySpan<byte> bytes = file.Span[at..end];
        if (bytes.Length < 8) throw source.Error($"the file ends within {tag} at byte {at}; it is cut off, fetch it again.");
        // Some writers fall into implicit VR in the middle of an explicit file; two letters that can't be a representation give it away.
        if (implicitVr || !DicomVr.IsLetters(bytes[4], bytes[5])) return (DicomDictionary.VrOf(tag), BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), 8, false);
        string vr = Encoding.ASCII.GetString(bytes.Slice(4, 2));
        if (!DicomVr.HasLongLength(vr)) return (vr, BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), 8, true);
        if (bytes.Length < 12) throw source.Error($"the file ends within {tag} at byte {at}; it is cut off, fetch it again.");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        // "Unknown" to whoever wrote the file, yet known here: the value is coded as in an implicit file (PS3.5 6.2.2).
        return vr == "UN" && DicomDictionary.VrOf(tag) is var known && known != vr ? (known, length, 12, false) : (vr, length, 12, true);
    }

    private DicomElement UndefinedLength(DicomTag tag, string vr, int start, ref int at, int end, bool implicitVr)
    {
        if (tag == DicomTags.PixelData) return new DicomElement(tag, vr, start, default, written: true) { Fragments = Fragments(ref at, end) };
        if (vr is not ("SQ" or "UN") && !implicitVr)
            throw source.Error($"{tag} at byte {start} has representation {vr} but no length; only sequences and compressed pixels may. The file is damaged.");
        // PS3.5 6.2.2: an unknown element without a length is a sequence in implicit VR.
        return new DicomElement(tag, "SQ", start, default, written: true) { Items = Items(ref at, end, delimited: true, implicitVr || vr == "UN") };
    }

    private List<DicomDataSet> Items(ref int at, int end, bool delimited, bool implicitVr)
    {
        if (++depth > DeepestNesting) throw source.Error($"sequences are nested more than {DeepestNesting} deep at byte {at}; the file is damaged.");
        var items = new List<DicomDataSet>();
        while (at < end)
        {
            (DicomTag tag, uint length) = Delimiter(ref at, end);
            if (tag == SequenceEnd)
            {
                depth--;
                return items;
            }

            if (tag != Item) throw source.Error($"a sequence should go on with an item at byte {at - 8}; found {tag}. The file is damaged.");
            items.Add(OneItem(ref at, end, length, implicitVr));
        }

        if (delimited) throw source.Error("a sequence without a length isn't closed before the file ends; it is cut off, fetch it again.");
        depth--;
        return items;
    }

    private DicomDataSet OneItem(ref int at, int end, uint length, bool implicitVr)
    {
        if (length != Undefined && length > end - at) throw source.Error($"the item at byte {at - 8} says it has {length} bytes, but {end - at} are left; the file is damaged.");
        int itemEnd = length == Undefined ? end : at + (int)length;
        var elements = new Dictionary<DicomTag, DicomElement>();
        while (at < itemEnd)
        {
            if (TagAt(at, itemEnd) == ItemEnd)
            {
                at += 8;
                return new DicomDataSet(elements, source);
            }

            DicomElement element = Element(ref at, itemEnd, implicitVr);
            elements[element.Tag] = element;
        }

        if (length == Undefined) throw source.Error("an item without a length isn't closed before its sequence ends; the file is cut off or damaged, fetch it again.");
        return new DicomDataSet(elements, source);
    }

    private List<ReadOnlyMemory<byte>> Fragments(ref int at, int end)
    {
        var fragments = new List<ReadOnlyMemory<byte>>();
        while (at < end)
        {
            int start = at;
            (DicomTag tag, uint length) = Delimiter(ref at, end);
            if (tag == SequenceEnd) return fragments;
            if (tag != Item) throw source.Error($"compressed pixels should go on with a fragment at byte {start}; found {tag}. The file is damaged.");
            if (length > end - at) throw source.Error($"the fragment at byte {start} says it has {length} bytes, but {end - at} are left; the file is cut off, fetch it again.");
            fragments.Add(file.Slice(at, (int)length));
            at += (int)length;
        }

        // The closing delimiter is missing in files that some archives wrote; every fragment was whole, so the pixels are there.
        remarks.Add("the sequence of fragments isn't closed");
        return fragments;
    }

    private (DicomTag Tag, uint Length) Delimiter(ref int at, int end)
    {
        if (end - at < 8) throw source.Error($"the file ends within a sequence at byte {at}; it is cut off, fetch it again.");
        DicomTag tag = TagAt(at, end);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(file.Span[(at + 4)..]);
        at += 8;
        return (tag, length);
    }

    private DicomTag TagAt(int at) => TagAt(at, file.Length);

    private DicomTag TagAt(int at, int end)
    {
        if (end - at < 4) throw source.Error($"{end - at} stray bytes at byte {at} where an element should begin; the file is cut off or damaged, fetch it again.");
        ReadOnlySpan<byte> bytes = file.Span[at..];
        return new DicomTag(BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]));
    }

    private bool OnlyPaddingLeft(int at)
    {
        if (file.Length - at >= 8 && file.Span[at] != 0) return false;
        ReadOnlySpan<byte> rest = file.Span[at..];
        if (rest.Length >= 8 && rest.ContainsAnyExcept((byte)0)) return false;
        remarks.Add($"{rest.Length} bytes of padding after the last element");
        return true;
    }
}
