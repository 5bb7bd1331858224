using System.IO.Compression;

namespace CxrLab.Models;

/// <summary>
/// The zip archive of <c>torch.save</c>: <c>NAME/data.pkl</c> says what there is, <c>NAME/data/KEY</c> holds the numbers, never compressed. Nothing is unpacked to
/// disk, and no more is read than the file holds.
/// </summary>
internal sealed class PyTorchArchive : IDisposable
{
    private const int MaxPickle = 64 << 20, MaxVersion = 10;

    private readonly string file;
    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> records = new(StringComparer.Ordinal);

    /// <exception cref="WeightsException">It isn't an archive of torch.save, or one with a trap in it.</exception>
    internal PyTorchArchive(string file, Stream stream)
    {
        this.file = file;
        zip = Guarded(() => new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true));
        try
        {
            Guarded(() => { CheckEntries(stream.Length); return 0; });
            string root = Root();
            foreach ((string name, ZipArchiveEntry entry) in Guarded(() => zip.Entries.Select(entry => (entry.FullName, entry)).ToArray()))
                if (name.StartsWith(root, StringComparison.Ordinal)) records.Add(name[root.Length..], entry);
            CheckKind();
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of a record, or null.</summary>
    internal long? Length(string record) => records.TryGetValue(record, out ZipArchiveEntry? entry) ? entry.Length : null;

    internal byte[] Pickle()
    {
        if (Length("data.pkl") is not <= MaxPickle) throw Refuse("data.pkl", $"{Length("data.pkl")} bytes", $"at most {MaxPickle}; large numbers belong into tensors");
        return Bytes("data.pkl");
    }

    /// <summary>Fills the span, whose length is the record's, and checks the archive's checksum.</summary>
    internal void Read(string record, Span<byte> target)
    {
        ZipArchiveEntry entry = records[record];
        try
        {
            using Stream stream = entry.Open();
            stream.ReadExactly(target);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new WeightsException(file, record, $"a record that can't be read ({error.Message})", $"{target.Length} bytes; the file was cut off or damaged", error);
        }

        uint found = Crc32.Of(target), expected = entry.Crc32;
        if (found != expected)
            throw Refuse(record, $"checksum {found:x8}", $"{expected:x8}; the file is damaged, or was saved after torch.serialization.set_crc32_options(False)");
    }

    public void Dispose() => zip.Dispose();

    private byte[] Bytes(string record)
    {
        byte[] bytes = new byte[records[record].Length];
        Read(record, bytes);
        return bytes;
    }

    private void CheckEntries(long fileLength)
    {
        // Before anything else: TorchScript packs its code, which would be refused with a less helpful word.
        if (zip.Entries.Any(entry => entry.FullName.Split('/') is [_, "constants.pkl"] or [_, "code", ..]))
            throw Refuse(null, "a TorchScript archive (a program with its weights)", "weights alone; in Python: torch.save(torch.jit.load(path).state_dict(), \"weights.pt\")");
        var names = new HashSet<string>(StringComparer.Ordinal);
        long total = 0;
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            string name = entry.FullName;
            if (!names.Add(name)) throw Refuse(name, "the record twice", "each record once");
            if (name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Split('/').Contains(".."))
                throw Refuse(name, "a record whose name leads out of the archive", "names as torch.save writes them");
            if (entry.IsEncrypted) throw Refuse(name, "an encrypted record", "plain ones");
            if (entry.Length != entry.CompressedLength) throw Refuse(name, $"a compressed record ({entry.CompressedLength} bytes that become {entry.Length})", "plain numbers, as torch.save writes them; if the file was packed again, load and save it in Python");
            total = checked(total + entry.Length);
        }

        if (total > fileLength) throw Refuse(null, $"records of {total} bytes in a file of {fileLength}", "records that don't share bytes");
    }

    private string Root()
    {
        string[] roots = [.. zip.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith("/data.pkl", StringComparison.Ordinal) && name.Count(letter => letter == '/') == 1)];
        return roots.Length == 1
            ? roots[0][..^"data.pkl".Length]
            : throw Refuse(null, roots.Length == 0 ? $"a zip archive without data.pkl{(zip.Entries.Any(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal)) ? " (NumPy's .npz)" : "")}" : "several data.pkl", "a checkpoint of torch.save");
    }

    private void CheckKind()
    {
        if (Length("byteorder") is not null && Word("byteorder") is not "little" and var order)
            throw Refuse("byteorder", $"'{order}'", "little; numbers of a big-endian machine must be saved again on a little-endian one");
        if (Length("version") is not null && !(int.TryParse(Word("version"), out int version) && version is >= 1 and <= MaxVersion))
            throw Refuse("version", $"'{Word("version")}'", $"1 to {MaxVersion}, the known versions of PyTorch's archives");
    }

    private string Word(string record)
    {
        if (Length(record) is not <= 16) throw Refuse(record, $"{Length(record)} bytes", "one short word");
        return System.Text.Encoding.Latin1.GetString(Bytes(record)).Trim();
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new WeightsException(file, null, $"a zip archive that can't be read ({error.Message})", "a whole one; the file was cut off or damaged", error);
        }
    }

    private WeightsException Refuse(string? record, string found, string expected) => new(file, record, found, expected);
}
