namespace CxrLab.Imaging.Dicom;

/// <summary>The value representations of PS3.5, 6.2.</summary>
internal static class DicomVr
{
    private static readonly HashSet<string> Short = ["AE", "AS", "AT", "CS", "DA", "DS", "DT", "FL", "FD", "IS", "LO", "LT", "PN", "SH", "SL", "SS", "ST", "TM", "UI", "UL", "US"];
    private static readonly HashSet<string> Long = ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"];

    internal static bool IsKnown(byte first, byte second) => IsLetters(first, second) && $"{(char)first}{(char)second}" is var vr && (Short.Contains(vr) || Long.Contains(vr));

    /// <summary>Two capital letters: what a representation looks like, known or not.</summary>
    internal static bool IsLetters(byte first, byte second) => first is >= (byte)'A' and <= (byte)'Z' && second is >= (byte)'A' and <= (byte)'Z';

    /// <summary>Two reserved bytes, then a length of four; the others have a length of two.</summary>
    internal static bool HasLongLength(string vr) => Long.Contains(vr);
}
