using System.Globalization;

namespace CxrLab.Imaging.Dicom;

/// <summary>The address of an element in a DICOM data set: group and element number.</summary>
public readonly record struct DicomTag(ushort Group, ushort Element) : IComparable<DicomTag>
{
    internal uint Number => ((uint)Group << 16) | Element;

    /// <summary>An odd group belongs to a manufacturer.</summary>
    public bool IsPrivate => (Group & 1) == 1;

    /// <summary>By group, then element: the order in a file.</summary>
    public int CompareTo(DicomTag other) => Number.CompareTo(other.Number);

    /// <summary>"(0028,0010) Rows"; the name where this library knows one.</summary>
    public override string ToString()
    {
        string address = string.Create(CultureInfo.InvariantCulture, $"({Group:x4},{Element:x4})");
        return DicomDictionary.NameOf(this) is { } name ? $"{address} {name}" : address;
    }

    /// <summary>By group, then element.</summary>
    public static bool operator <(DicomTag left, DicomTag right) => left.Number < right.Number;

    /// <summary>By group, then element.</summary>
    public static bool operator >(DicomTag left, DicomTag right) => left.Number > right.Number;

    /// <summary>By group, then element.</summary>
    public static bool operator <=(DicomTag left, DicomTag right) => left.Number <= right.Number;

    /// <summary>By group, then element.</summary>
    public static bool operator >=(DicomTag left, DicomTag right) => left.Number >= right.Number;
}
