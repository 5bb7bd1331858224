using System.Buffers.Binary;

namespace CxrLab.Imaging.Dicom;

/// <summary>A modality or VOI lookup table (PS3.3 C.11.1 and C.11.2): value <c>First + i</c> becomes entry i; values beyond an end get the end's entry.</summary>
/// <param name="First">The value that the first entry is for.</param>
/// <param name="Bits">Bits of an entry, 8 to 16: the output's range is [0, 2^Bits - 1].</param>
/// <param name="Entries">At least one.</param>
public sealed record LookupTable(int First, int Bits, IReadOnlyList<int> Entries)
{
    /// <summary>The entry for a value; fractions are cut off.</summary>
    public double Apply(double value) => Entries[(int)Math.Clamp(Math.Truncate(value - First), 0, Entries.Count - 1)];

    /// <summary>Null where the item has neither descriptor nor data, as in files that carry an empty sequence.</summary>
    internal static LookupTable? Of(DicomDataSet item, bool signedPixels)
    {
        if (!item.TryGet(DicomTags.LutDescriptor, out DicomElement? descriptor) || !item.TryGet(DicomTags.LutData, out DicomElement? data)) return null;
        double[] unsigned = item.Numbers(DicomTags.LutDescriptor);
        if (unsigned.Length != 3) throw item.Error($"{DicomTags.LutDescriptor} should have 3 values; it has {unsigned.Length}.");
        // The first mapped value has the pixels' sign; where the file says US or SS itself, it is believed.
        bool signed = descriptor.VrWritten ? descriptor.Vr == "SS" : signedPixels;
        int count = (ushort)(int)unsigned[0] is > 0 and var said ? said : 65536, bits = (ushort)(int)unsigned[2];
        int first = signed ? (short)(int)unsigned[1] : (ushort)(int)unsigned[1];
        if (bits is < 8 or > 16) throw item.Error($"{DicomTags.LutDescriptor} says {bits} bits an entry; 8 to 16 are allowed.");
        return new LookupTable(first, bits, Read(item, data.Value.Span, count, bits));
    }

    private static int[] Read(DicomDataSet item, ReadOnlySpan<byte> bytes, int count, int bits)
    {
        // Tables of 8 bits come in words or in bytes; the length tells.
        bool words = bytes.Length >= 2 * count;
        if (!words && (bits > 8 || bytes.Length < count)) throw item.Error($"{DicomTags.LutData} has {bytes.Length} bytes; {count} entries of {bits} bits were announced.");
        var entries = new int[count];
        for (int i = 0; i < count; i++) entries[i] = words ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) : bytes[i];
        return entries;
    }
}
