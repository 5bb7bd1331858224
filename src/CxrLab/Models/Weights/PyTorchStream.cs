using System.Buffers.Binary;

namespace CxrLab.Models;

/// <summary>
/// The format of <c>torch.save</c> before PyTorch 1.6, and since then with <c>_use_new_zipfile_serialization=False</c>: five pickles one behind the other (a magic number, the
/// version, the machine, what there is, the keys of the storages), then for each key the count of its numbers in 8 bytes and the numbers themselves.
/// </summary>
internal sealed class PyTorchStream
{
    private const int MaxPickle = 64 << 20; // all five together, as of a zip archive's one
    private const long Version = 1001;

    private static readonly byte[] Magic = [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.']; // a number of 10 bytes, and the end

    private readonly string file;
    private readonly Stream stream;
    private readonly Dictionary<string, long> places = new(StringComparer.Ordinal);

    /// <exception cref="WeightsException">It is damaged, or holds something that isn't data.</exception>
    internal PyTorchStream(string file, Stream stream)
    {
        (this.file, this.stream) = (file, stream);
        var objects = new PyTorchObjects(file, stream.Length);
        byte[] bytes = new byte[Math.Min(stream.Length, MaxPickle)];
        stream.Position = 0;
        stream.ReadExactly(bytes);
        int at = Head(bytes) ?? throw Refuse("another beginning", "PyTorch's magic number");
        object? Next() => PickleReader.Part(file, bytes, ref at, objects);
        if (Next() is var version && version is not Version) throw Refuse($"version {Show(version)} of the old format", $"{Version}, the only one there was");
        CheckMachine(Next());
        Root = Next();
        object? keys = Next();
        Place(keys, at, objects.Storages);
    }

    /// <summary>What the checkpoint holds.</summary>
    internal object? Root { get; }

    /// <summary>Whether a file begins so.</summary>
    internal static bool Begins(ReadOnlySpan<byte> head) => Head(head) is not null;

    /// <summary>Fills the span, whose length is the storage's.</summary>
    internal void Read(string key, Span<byte> target)
    {
        stream.Position = places[key];
        stream.ReadExactly(target);
    }

    // From protocol 4 on a pickle is framed: the frame's length stands before it.
    private static int? Head(ReadOnlySpan<byte> head)
    {
        if (head is not [0x80, >= 2 and <= 5, ..]) return null;
        int skip = head.Length > 11 && head[2] == (byte)PickleCode.Frame ? 11 : 2;
        return head[skip..].StartsWith(Magic) ? skip + Magic.Length : null;
    }

    private void CheckMachine(object? machine)
    {
        if (machine is not PickleDict dictionary || dictionary.Items.Where(item => item.Key is "little_endian").Select(item => item.Value).ToArray() is not [bool little])
            throw Refuse($"{PyTorchObjects.Kind(machine)} in place of the machine's description", "a dictionary with 'little_endian'");
        if (!little) throw Refuse("numbers of a big-endian machine", "little-endian ones; load and save the file on a little-endian machine");
    }

    private void Place(object? keys, long at, IReadOnlyDictionary<string, PickleStorage> storages)
    {
        if (keys is not PickleList { IsTuple: false } list || list.Items.Any(key => key is not string)) throw Refuse($"{PyTorchObjects.Kind(keys)} in place of the storages' keys", "a list of words");
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        foreach (string key in list.Items.OfType<string>())
        {
            if (!storages.TryGetValue(key, out PickleStorage? storage)) throw Refuse($"numbers of storage '{key}', which nothing refers to", "the storages of the tensors");
            if (stream.Length - at < sizeof(long)) throw Refuse($"the end of the file before storage '{key}'", "the count of its numbers; the file was cut off");
            stream.Position = at;
            stream.ReadExactly(prefix);
            long count = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            if (count != storage.Count) throw Refuse($"{count} numbers in storage '{key}'", $"{storage.Count}, as its tensors say; the file is damaged");
            at += sizeof(long);
            long left = stream.Length - at, size = storage.Type.Size;
            if (count > left / size) throw Refuse($"{left} bytes of storage '{key}' and all behind it", $"{count} numbers of {size} bytes; the file was cut off");
            if (!places.TryAdd(key, at)) throw Refuse($"storage '{key}' twice", "each storage once");
            at += count * size;
        }

        if (storages.Keys.FirstOrDefault(key => !places.ContainsKey(key)) is { } absent) throw Refuse($"no numbers of storage '{absent}'", "the storages of all tensors");
        if (at != stream.Length) throw Refuse($"{stream.Length - at} bytes behind the last storage", "nothing more");
    }

    private static string Show(object? value) => value is long number ? $"{number}" : PyTorchObjects.Kind(value);

    private WeightsException Refuse(string found, string expected) => new(file, null, found, expected);
}
