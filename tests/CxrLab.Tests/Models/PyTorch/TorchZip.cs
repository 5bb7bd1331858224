using System.Text;

namespace CxrLab.Tests.Models.PyTorch;

/// <summary>Writes zip archives byte by byte as PyTorch does: stored records, aligned by a padding field named FB. Sizes can be made to lie.</summary>
internal sealed class TorchZip(int alignment = 64)
{
    private readonly List<byte> file = [], directory = [];
    private int count;

    internal TorchZip Add(string name, byte[] data, uint? checksum = null, uint? claimed = null, ushort method = 0, ushort flags = 0)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        uint offset = (uint)file.Count, crc = checksum ?? CxrLab.Models.Crc32.Of(data);
        int begin = 30 + utf8.Length + 4, padding = (alignment - ((file.Count + begin) % alignment)) % alignment;
        byte[] extra = [(byte)'F', (byte)'B', .. BitConverter.GetBytes((ushort)padding), .. Enumerable.Repeat((byte)'Z', padding)];
        file.AddRange([0x50, 0x4b, 3, 4, 0, 0, .. Common(utf8, data, crc, claimed, method, flags), .. BitConverter.GetBytes((ushort)extra.Length), .. utf8, .. extra, .. data]);
        directory.AddRange([0x50, 0x4b, 1, 2, 0, 0, 0, 0, .. Common(utf8, data, crc, claimed, method, flags), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(offset), .. utf8]);
        count++;
        return this;
    }

    internal byte[] Done()
    {
        ushort records = (ushort)count;
        return [.. file, .. directory, 0x50, 0x4b, 5, 6, 0, 0, 0, 0, .. BitConverter.GetBytes(records), .. BitConverter.GetBytes(records),
            .. BitConverter.GetBytes((uint)directory.Count), .. BitConverter.GetBytes((uint)file.Count), 0, 0];
    }

    /// <summary>The records of a checkpoint as PyTorch 1.13 writes them, or with those that 2.x added.</summary>
    internal static TorchZip Checkpoint(byte[] pickle, IReadOnlyDictionary<string, byte[]>? data = null, bool newer = false, string name = "archive")
    {
        TorchZip zip = new TorchZip().Add($"{name}/data.pkl", pickle);
        if (newer) zip.Add($"{name}/.format_version", "1"u8.ToArray()).Add($"{name}/.storage_alignment", "64"u8.ToArray()).Add($"{name}/byteorder", "little"u8.ToArray());
        foreach ((string key, byte[] bytes) in data ?? new Dictionary<string, byte[]>()) zip.Add($"{name}/data/{key}", bytes);
        zip.Add($"{name}/version", "3\n"u8.ToArray());
        return newer ? zip.Add($"{name}/.data/serialization_id", "0636067516270000000400000000000000000000"u8.ToArray()) : zip;
    }

    private static byte[] Common(byte[] name, byte[] data, uint crc, uint? claimed, ushort method, ushort flags) =>
        [.. BitConverter.GetBytes(flags), .. BitConverter.GetBytes(method), 0, 0, 0, 0, .. BitConverter.GetBytes(crc), .. BitConverter.GetBytes((uint)data.Length),
            .. BitConverter.GetBytes(claimed ?? (uint)data.Length), .. BitConverter.GetBytes((ushort)name.Length)];
}
