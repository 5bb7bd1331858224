namespace CxrLab.Tests.Models.PyTorch;

/// <summary>Writes the format of <c>torch.save</c> before 1.6 byte by byte; each of its parts can be made to lie.</summary>
internal sealed record TorchStream(byte[] Object)
{
    internal static readonly byte[] Magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    internal byte[] Version { get; init; } = new PickleBytes().Raw((byte)'M', 0xe9, 0x03).Done; // 1001

    internal byte[] Machine { get; init; } = Little(true);

    /// <summary>Keys in the order of their numbers; null: those of <see cref="Data"/>.</summary>
    internal byte[]? Keys { get; init; }

    internal IReadOnlyList<(string Key, long Count, byte[] Numbers)> Data { get; init; } = [];

    internal byte[] Tail { get; init; } = [];

    internal byte[] Done => [.. Magic, .. Version, .. Machine, .. Object, .. Keys ?? List(Data.Select(part => part.Key)),
        .. Data.SelectMany(part => (byte[])[.. BitConverter.GetBytes(part.Count), .. part.Numbers]), .. Tail];

    internal static byte[] Little(bool little) => new PickleBytes().Code("}(").Text("protocol_version").Number(1001).Text("little_endian").Raw((byte)(little ? 0x88 : 0x89)).Code("u").Done;

    internal static byte[] List(IEnumerable<string> keys)
    {
        PickleBytes list = new PickleBytes().Code("](");
        foreach (string key in keys) list.Text(key);
        return list.Code("e").Done;
    }

    /// <summary>A reference to a storage, with its sixth part: None, or the piece (key, begin, count).</summary>
    internal static PickleBytes Storage(PickleBytes pickle, string type, string key, long count, (long Begin, long Count)? piece = null)
    {
        pickle.Code("(").Text("storage").Global("torch", type).Text(key).Text("cuda:0").Number(count);
        if (piece is { } part) pickle.Code("(").Text(key + "p").Number(part.Begin).Number(part.Count).Code("t");
        else pickle.Code("N");
        return pickle.Code("tQ");
    }

    internal static PickleBytes Tensor(PickleBytes pickle, string type, string key, long count, long offset, long[] shape, long[] stride, (long, long)? piece = null)
    {
        pickle.Global("torch._utils", "_rebuild_tensor_v2").Code("(");
        return Storage(pickle, type, key, count, piece).Number(offset).Numbers(shape).Numbers(stride).Raw(0x89).OrderedDict().Code("tR");
    }
}
