namespace CxrLab.Models;

/// <summary>Where one tensor stands in a file.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Type">Its number type.</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">First byte behind it.</param>
internal sealed record SafeTensorsEntry(string Key, NumberType Type, long[] Shape, long Begin, long End)
{
    internal long Length => End - Begin;
}
