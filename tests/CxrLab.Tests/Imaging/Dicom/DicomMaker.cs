using System.Buffers.Binary;
using System.Text;
using CxrLab.Imaging.Dicom;

namespace CxrLab.Tests.Imaging.Dicom;

/// <summary>Writes DICOM files as other people's programs do, for tests: implicit VR, undefined lengths, no preamble, odd values.</summary>
internal sealed class DicomMaker
{
    private readonly List<(DicomTag Tag, string Vr, Func<bool, byte[]> Value, bool Undefined)> elements = [];

    internal bool Implicit { get; init; }

    internal bool Preamble { get; init; } = true;

    internal string? Syntax { get; init; } = TransferSyntax.ExplicitLittleEndian.Uid;

    /// <summary>A grey image of 16-bit words with everything that is needed to read it.</summary>
    internal static DicomMaker Grey(int rows, int columns, int[] words, int stored = 16, bool signed = false, string photometric = "MONOCHROME2", bool implicitVr = false, string? syntax = null, bool preamble = true)
    {
        byte[] bytes = new byte[2 * words.Length];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), unchecked((ushort)words[i]));
        return new DicomMaker { Implicit = implicitVr, Preamble = preamble, Syntax = syntax ?? (implicitVr ? TransferSyntax.ImplicitLittleEndian : TransferSyntax.ExplicitLittleEndian).Uid }
            .Us(DicomTags.SamplesPerPixel, 1).Text(DicomTags.PhotometricInterpretation, "CS", photometric).Us(DicomTags.Rows, rows).Us(DicomTags.Columns, columns)
            .Us(DicomTags.BitsAllocated, 16).Us(DicomTags.BitsStored, stored).Us(DicomTags.HighBit, stored - 1).Us(DicomTags.PixelRepresentation, signed ? 1 : 0)
            .Raw(DicomTags.PixelData, "OW", bytes);
    }

    internal DicomMaker Raw(DicomTag tag, string vr, byte[] value)
    {
        elements.RemoveAll(element => element.Tag == tag);
        elements.Add((tag, vr, _ => value, false));
        return this;
    }

    /// <summary>The same elements without a meta header.</summary>
    internal DicomMaker Headless()
    {
        var copy = new DicomMaker { Implicit = Implicit, Preamble = Preamble, Syntax = null };
        copy.elements.AddRange(elements);
        return copy;
    }

    internal DicomMaker Without(DicomTag tag)
    {
        elements.RemoveAll(element => element.Tag == tag);
        return this;
    }

    internal DicomMaker Text(DicomTag tag, string vr, string value) => Raw(tag, vr, Encoding.ASCII.GetBytes(value));

    internal DicomMaker Us(DicomTag tag, params int[] values) => Raw(tag, "US", [.. values.SelectMany(value => BitConverter.GetBytes(unchecked((ushort)value)))]);

    internal DicomMaker Sequence(DicomTag tag, bool undefined, params DicomMaker[] items)
    {
        elements.Add((tag, "SQ", implicitVr => [.. items.SelectMany(item => item.Item(implicitVr, undefined)), .. undefined ? Delimiter(0xe0dd) : []], undefined));
        return this;
    }

    /// <summary>Compressed pixels: an offset table and fragments.</summary>
    internal DicomMaker Fragments(params byte[][] items)
    {
        byte[] value = [.. items.SelectMany(item => (byte[])[0xfe, 0xff, 0x00, 0xe0, .. BitConverter.GetBytes(item.Length), .. item]), .. Delimiter(0xe0dd)];
        elements.RemoveAll(element => element.Tag == DicomTags.PixelData);
        elements.Add((DicomTags.PixelData, "OB", _ => value, true));
        return this;
    }

    internal byte[] Bytes()
    {
        byte[] meta = Syntax is null ? [] : Element(DicomTags.TransferSyntaxUid, "UI", Encoding.ASCII.GetBytes(Syntax + (Syntax.Length % 2 == 1 ? "\0" : "")), false, false);
        return [.. Preamble ? (byte[])[.. new byte[128], .. "DICM"u8] : [], .. meta, .. DataSet(Implicit)];
    }

    private byte[] DataSet(bool implicitVr) => [.. elements.OrderBy(element => element.Tag).SelectMany(element => Element(element.Tag, element.Vr, element.Value(implicitVr), implicitVr, element.Undefined))];

    private byte[] Item(bool implicitVr, bool undefined)
    {
        byte[] inner = DataSet(implicitVr);
        return [0xfe, 0xff, 0x00, 0xe0, .. undefined ? [0xff, 0xff, 0xff, 0xff] : BitConverter.GetBytes(inner.Length), .. inner, .. undefined ? Delimiter(0xe00d) : []];
    }

    private static byte[] Delimiter(ushort element) => [0xfe, 0xff, (byte)element, (byte)(element >> 8), 0, 0, 0, 0];

    private static byte[] Element(DicomTag tag, string vr, byte[] value, bool implicitVr, bool undefined)
    {
        byte[] address = [.. BitConverter.GetBytes(tag.Group), .. BitConverter.GetBytes(tag.Element)];
        byte[] length = undefined ? [0xff, 0xff, 0xff, 0xff] : BitConverter.GetBytes(value.Length);
        if (implicitVr) return [.. address, .. length, .. value];
        return vr is "OB" or "OW" or "SQ" or "UN" or "UT"
            ? [.. address, .. Encoding.ASCII.GetBytes(vr), 0, 0, .. length, .. value]
            : [.. address, .. Encoding.ASCII.GetBytes(vr), .. length[..2], .. value];
    }
}
