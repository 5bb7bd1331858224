using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace CxrLab.Imaging.Dicom;

/// <summary>Elements to be written: kept by tag, coded as explicit VR little endian (PS3.5, 7.1.2), values padded to even lengths.</summary>
internal sealed class DicomElements
{
    private readonly SortedDictionary<DicomTag, (string Vr, byte[] Value)> elements = [];

    internal DicomElements Bytes(DicomTag tag, string vr, byte[] value)
    {
        byte pad = (byte)(vr is "UI" or "OB" or "OW" or "UN" ? 0 : ' ');
        elements[tag] = (vr, value.Length % 2 == 0 ? value : [.. value, pad]);
        return this;
    }

    internal DicomElements Text(DicomTag tag, string? value) => Bytes(tag, DicomDictionary.VrOf(tag), Encoding.ASCII.GetBytes(value ?? ""));

    internal DicomElements TextIfAny(DicomTag tag, string? value) => value is null ? this : Text(tag, value);

    internal DicomElements Decimals(DicomTag tag, params IReadOnlyList<double> values) => Text(tag, string.Join('\\', values.Select(Decimal)));

    internal DicomElements Words(DicomTag tag, params IReadOnlyList<int> values)
    {
        byte[] bytes = new byte[2 * values.Count];
        for (int i = 0; i < values.Count; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * i), unchecked((ushort)values[i]));
        return Bytes(tag, DicomDictionary.VrOf(tag), bytes);
    }

    internal byte[] Encode()
    {
        using var stream = new MemoryStream();
        Span<byte> four = stackalloc byte[4];
        foreach ((DicomTag tag, (string vr, byte[] value)) in elements)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(four, tag.Group);
            BinaryPrimitives.WriteUInt16LittleEndian(four[2..], tag.Element);
            stream.Write(four);
            stream.Write(Encoding.ASCII.GetBytes(vr));
            if (DicomVr.HasLongLength(vr))
            {
                stream.Write([0, 0]);
                BinaryPrimitives.WriteUInt32LittleEndian(four, (uint)value.Length);
                stream.Write(four);
            }
            else
            {
                if (value.Length > ushort.MaxValue) throw new ArgumentException($"{tag} would have {value.Length} bytes; a value of representation {vr} holds at most {ushort.MaxValue}.");
                BinaryPrimitives.WriteUInt16LittleEndian(four, (ushort)value.Length);
                stream.Write(four[..2]);
            }

            stream.Write(value);
        }

        return stream.ToArray();
    }

    // A decimal string has at most 16 characters.
    private static string Decimal(double value)
    {
        string exact = value.ToString("R", CultureInfo.InvariantCulture);
        return exact.Length <= 16 ? exact : value.ToString("G9", CultureInfo.InvariantCulture);
    }
}
