using System.Globalization;

namespace CxrLab.Imaging.Dicom;

/// <summary>
/// Unique identifiers out of seeds: the same parts give the same UID, other parts another one. They stand under 2.25, the root that
/// anybody may use with a UUID (PS3.5 B.2), so no organisation's number is borrowed.
/// </summary>
public static class DicomUid
{
    /// <summary>"2.25." and 128 bits as one decimal number; at most 44 characters of the 64 allowed.</summary>
    public static string Of(params ReadOnlySpan<long> parts)
    {
        UInt128 bits = 0;
        Span<long> salted = stackalloc long[parts.Length + 1];
        parts.CopyTo(salted[1..]);
        for (int word = 0; word < 5; word++)
        {
            salted[0] = word;
            bits = (bits << 31) ^ (uint)Seed.Of(salted);
        }

        // A UUID of version 8 (RFC 9562: the maker chooses the bits).
        bits = (bits & ~((UInt128)0xf << 76)) | ((UInt128)8 << 76);
        bits = (bits & ~((UInt128)3 << 62)) | ((UInt128)2 << 62);
        return "2.25." + bits.ToString(CultureInfo.InvariantCulture);
    }
}
