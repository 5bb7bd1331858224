using System.Text;

namespace CxrLab.Tests.Models.PyTorch;

/// <summary>Writes pickles instruction by instruction, as the format's description says; protocol 2 unless told otherwise.</summary>
internal sealed class PickleBytes
{
    private readonly List<byte> bytes = [];

    internal PickleBytes(byte protocol = 2) => Raw(0x80, protocol);

    internal byte[] Done => [.. bytes, (byte)'.'];

    internal PickleBytes Raw(params ReadOnlySpan<byte> code)
    {
        bytes.AddRange(code);
        return this;
    }

    internal PickleBytes Code(string code) => Raw(Encoding.Latin1.GetBytes(code));

    internal PickleBytes Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Code("X").Raw(BitConverter.GetBytes(utf8.Length)).Raw(utf8);
    }

    internal PickleBytes Number(long number) => Raw(0x8a, 8).Raw(BitConverter.GetBytes(number));

    internal PickleBytes Global(string module, string name) => Code($"c{module}\n{name}\n");

    internal PickleBytes Numbers(params IEnumerable<long> numbers)
    {
        Code("(");
        foreach (long number in numbers) Number(number);
        return Code("t");
    }

    internal PickleBytes OrderedDict() => Global("collections", "OrderedDict").Code(")R");

    internal PickleBytes Storage(string type, string key, long count) => Code("(").Text("storage").Global("torch", type).Text(key).Text("cpu").Number(count).Code("tQ");

    internal PickleBytes Tensor(string type, string key, long count, long offset, long[] shape, long[] stride, bool newer = false)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Code("(").Storage(type, key, count).Number(offset).Numbers(shape).Numbers(stride).Raw(0x89).OrderedDict();
        if (newer) Code("N"); // metadata, from PyTorch 2.1 on where there is any
        return Code("tR");
    }
}
