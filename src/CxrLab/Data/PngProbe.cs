namespace CxrLab.Data;

/// <summary>Tells a whole PNG from one that is empty or cut off, by its first and last bytes; nothing is decoded.</summary>
internal static class PngProbe
{
    private static ReadOnlySpan<byte> Start => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    private static ReadOnlySpan<byte> End => [(byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xae, 0x42, 0x60, 0x82];

    internal static bool IsWhole(string path)
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path);
            long length = RandomAccess.GetLength(file);
            if (length < Start.Length + End.Length) return false;
            Span<byte> bytes = stackalloc byte[8];
            return RandomAccess.Read(file, bytes, 0) == 8 && bytes.SequenceEqual(Start)
                && RandomAccess.Read(file, bytes, length - 8) == 8 && bytes.SequenceEqual(End);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
