using System.Buffers.Binary;

namespace CxrLab.Imaging.Dicom;

/// <summary>The segments of a JPEG file before its first scan, as far as they decide about colour.</summary>
/// <param name="AdobeTransform">The colour transform that an Adobe marker names (0 none, 1 YCbCr); null without one.</param>
/// <param name="Kept">The segments that aren't application markers, as ranges of the file.</param>
internal sealed record JpegHeader(byte? AdobeTransform, IReadOnlyList<Range> Kept)
{
    /// <summary>Null where the bytes aren't a JPEG file.</summary>
    internal static JpegHeader? Read(ReadOnlySpan<byte> jpeg)
    {
        if (!jpeg.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8])) return null;
        byte? transform = null;
        var kept = new List<Range>();
        int at = 2;
        while (at + 4 <= jpeg.Length && jpeg[at] == 0xff)
        {
            byte marker = jpeg[at + 1];
            if (marker == 0xff)
            {
                at++; // fill byte
                continue;
            }

            if (marker == 0xda)
            {
                kept.Add(at..jpeg.Length);
                return new JpegHeader(transform, kept);
            }

            int length = 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (at + length > jpeg.Length) return null;
            ReadOnlySpan<byte> body = jpeg.Slice(at + 4, Math.Max(0, length - 4));
            if (marker == 0xee && body.Length >= 12 && body.StartsWith("Adobe"u8)) transform = body[11];
            if (marker is < 0xe0 or > 0xef) kept.Add(at..(at + length));
            at += length;
        }

        return null;
    }

    /// <summary>
    /// The file with one application marker, Adobe's, which tells the decoder whether to turn YCbCr into RGB. Others go: a JFIF marker would
    /// overrule it, and an EXIF orientation or colour profile has no say in DICOM.
    /// </summary>
    internal byte[] WithAdobe(byte[] jpeg, byte transform)
    {
        using var fresh = new MemoryStream(jpeg.Length + 32);
        fresh.Write([0xff, 0xd8, 0xff, 0xee, 0, 14, (byte)'A', (byte)'d', (byte)'o', (byte)'b', (byte)'e', 0, 100, 0, 0, 0, 0, transform]);
        foreach (Range range in Kept) fresh.Write(jpeg.AsSpan(range));
        return fresh.ToArray();
    }
}
