using System.Globalization;

namespace CxrLab.Data;

/// <summary>
/// Patient, scan and slice in a slice's file name. The digits at the end are the slice. With four or more parts
/// (<c>NCP_96_1328_0032.png</c>: class, patient, scan, slice) the last but one is the scan and what stands before is the patient;
/// with fewer, all before the slice is both: one scan per patient.
/// </summary>
internal sealed record SliceName(string Patient, string Scan, int Number)
{
    /// <summary>Null where the name doesn't end in digits.</summary>
    internal static SliceName? Parse(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file), stem = name.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        if (!int.TryParse(name.AsSpan(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return null;
        string[] parts = name.Split('_');
        string scan = parts.Length > 1 ? string.Join('_', parts[..^1]) : stem;
        if (scan.Length == 0) return null;
        return new SliceName(parts.Length >= 4 ? string.Join('_', parts[..^2]) : scan, scan, number);
    }
}
