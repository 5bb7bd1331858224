using System.Buffers.Binary;
using System.Text;

namespace CxrLab.Models;

/// <summary>
/// Reads a pickle as data. A pickle is a program for a small stack machine, and Python's machine may call anything; this one knows no call but
/// the few of <see cref="PyTorchObjects"/>, which only describe tensors and dictionaries. Anything else is refused by name.
/// </summary>
internal sealed class PickleReader(string file, byte[] bytes, PyTorchObjects objects, string place = "data.pkl")
{
    private const int MaxSteps = 4_000_000; // DenseNet-121 with its optimizer needs 60,000; bounds the memory
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = [];
    private readonly Dictionary<long, object?> memo = [];
    private int at, start;

    /// <summary>The one value of a pickle that fills its bytes.</summary>
    /// <exception cref="WeightsException">It holds something else than data, or is damaged.</exception>
    internal object? Read()
    {
        object? value = One();
        return at == bytes.Length ? value : throw Refuse($"1 value and {bytes.Length - at} more bytes at the end", "one value");
    }

    /// <summary>The value of a pickle that begins at <paramref name="at"/>, which moves behind it.</summary>
    /// <exception cref="WeightsException">It holds something else than data, or is damaged.</exception>
    internal static object? Part(string file, byte[] bytes, ref int at, PyTorchObjects objects)
    {
        var reader = new PickleReader(file, bytes, objects, "the file") { at = at };
        object? value = reader.One();
        at = reader.at;
        return value;
    }

    private object? One()
    {
        for (int steps = 0; ; steps++)
        {
            if (steps == MaxSteps) throw Refuse($"more than {MaxSteps} instructions", "a list of weights");
            start = at;
            var code = (PickleCode)Take(1)[0];
            if (steps == 0 != (code == PickleCode.Proto)) throw Refuse(steps == 0 ? "no protocol number" : "a second protocol number", "a pickle of protocol 2 to 5");
            if (code == PickleCode.Stop) break;
            Step(code);
        }

        if (stack.Count != 1 || marks.Count > 0) throw Refuse($"{stack.Count} values at the end", "one value");
        return stack[0];
    }

    private void Step(PickleCode code)
    {
        switch (code)
        {
            case PickleCode.Proto: Protocol(Take(1)[0]); break;
            case PickleCode.Frame: Length(ReadInt64(8)); break; // frames only help to read ahead
            case PickleCode.None: stack.Add(null); break;
            case PickleCode.NewTrue: stack.Add(true); break;
            case PickleCode.NewFalse: stack.Add(false); break;
            case PickleCode.BinInt: stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case PickleCode.BinInt1: stack.Add(ReadInt64(1)); break;
            case PickleCode.BinInt2: stack.Add(ReadInt64(2)); break;
            case PickleCode.Long1: stack.Add(ReadLong(Take(1)[0])); break;
            case PickleCode.Long4: stack.Add(ReadLong(ReadInt64(4))); break;
            case PickleCode.BinFloat: stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case PickleCode.ShortBinString or PickleCode.ShortBinUnicode: stack.Add(ReadText(ReadInt64(1))); break;
            case PickleCode.BinString or PickleCode.BinUnicode: stack.Add(ReadText(ReadInt64(4))); break;
            case PickleCode.BinUnicode8: stack.Add(ReadText(ReadInt64(8))); break;
            case PickleCode.EmptyDict: stack.Add(new PickleDict(IsOrdered: false)); break;
            case PickleCode.EmptyList: stack.Add(new PickleList([], IsTuple: false)); break;
            case PickleCode.EmptyTuple: stack.Add(new PickleList([], IsTuple: true)); break;
            case PickleCode.Tuple1: stack.Add(new PickleList(PopMany(1), IsTuple: true)); break;
            case PickleCode.Tuple2: stack.Add(new PickleList(PopMany(2), IsTuple: true)); break;
            case PickleCode.Tuple3: stack.Add(new PickleList(PopMany(3), IsTuple: true)); break;
            case PickleCode.Tuple: stack.Add(new PickleList(PopToMark(), IsTuple: true)); break;
            case PickleCode.List: stack.Add(new PickleList(PopToMark(), IsTuple: false)); break;
            case PickleCode.Dict: List<object?> pairs = PopToMark(); stack.Add(new PickleDict(IsOrdered: false)); Fill(pairs); break;
            case PickleCode.Append: Extend(PopMany(1)); break;
            case PickleCode.Appends: Extend(PopToMark()); break;
            case PickleCode.SetItem: Fill(PopMany(2)); break;
            case PickleCode.SetItems: Fill(PopToMark()); break;
            case PickleCode.Mark: marks.Push(stack.Count); break;
            case PickleCode.Pop: if (marks.TryPeek(out int mark) && mark == stack.Count) marks.Pop(); else PopMany(1); break;
            case PickleCode.PopMark: PopToMark(); break;
            case PickleCode.Dup: stack.Add(Top()); break;
            case PickleCode.BinGet: stack.Add(Recall(ReadInt64(1))); break;
            case PickleCode.LongBinGet: stack.Add(Recall(ReadInt64(4))); break;
            case PickleCode.BinPut: memo[ReadInt64(1)] = Top(); break;
            case PickleCode.LongBinPut: memo[ReadInt64(4)] = Top(); break;
            case PickleCode.Memoize: memo[memo.Count] = Top(); break;
            case PickleCode.Global: stack.Add(objects.Resolve(ReadLine(), ReadLine())); break;
            case PickleCode.StackGlobal: List<object?> words = PopMany(2); stack.Add(objects.Resolve(Word(words[0]), Word(words[1]))); break;
            case PickleCode.Reduce: List<object?> call = PopMany(2); stack.Add(objects.Call(call[0], call[1])); break;
            case PickleCode.BinPersId: stack.Add(objects.Persistent(PopMany(1)[0])); break;
            case PickleCode.Build: objects.Build(PopMany(1)[0], Top()); break;
            default: throw Refuse(Enum.IsDefined(code) ? $"the pickle instruction {code.ToString().ToUpperInvariant()}{Danger(code)}" : $"0x{(byte)code:X2}, which is no pickle instruction", PyTorchObjects.Allowed);
        }
    }

    private static string Danger(PickleCode code) => code switch
    {
        PickleCode.Inst or PickleCode.Obj or PickleCode.NewObj or PickleCode.NewObjEx => ", which makes an object of any Python class",
        PickleCode.Ext1 or PickleCode.Ext2 or PickleCode.Ext4 => ", which fetches a Python object from a registry",
        _ => "",
    };

    private void Protocol(byte version)
    {
        if (version is < 2 or > 5) throw Refuse($"pickle protocol {version}", "2 to 5");
    }

    private object? Top() => stack.Count > Floor ? stack[^1] : throw Refuse("an instruction that needs a value where there is none", "a whole pickle");

    private int Floor => marks.TryPeek(out int mark) ? mark : 0;

    private List<object?> PopMany(int count)
    {
        if (stack.Count - Floor < count) throw Refuse("an instruction that needs more values than there are", "a whole pickle");
        List<object?> items = stack.GetRange(stack.Count - count, count);
        stack.RemoveRange(stack.Count - count, count);
        return items;
    }

    private List<object?> PopToMark()
    {
        if (marks.Count == 0) throw Refuse("the end of a group that never began", "a whole pickle");
        List<object?> items = PopMany(stack.Count - marks.Peek());
        marks.Pop();
        return items;
    }

    private void Extend(List<object?> items)
    {
        if (Top() is not PickleList { IsTuple: false } list) throw Refuse($"items for {PyTorchObjects.Kind(Top())}", "a list to take them");
        list.Items.AddRange(items);
    }

    private void Fill(List<object?> items)
    {
        if (Top() is not PickleDict dictionary || items.Count % 2 != 0) throw Refuse($"{items.Count} keys and values for {PyTorchObjects.Kind(Top())}", "a dictionary and pairs");
        for (int i = 0; i < items.Count; i += 2)
            dictionary.Items.Add((items[i] is string or long ? items[i]! : throw Refuse($"{PyTorchObjects.Kind(items[i])} as a dictionary's key", "words or whole numbers"), items[i + 1]));
    }

    private object? Recall(long key) => memo.TryGetValue(key, out object? value) ? value : throw Refuse($"a reference to value {key}, which was never kept", "a whole pickle");

    private string Word(object? value) => value as string ?? throw Refuse($"{PyTorchObjects.Kind(value)} as a Python name", "a word");

    private string ReadLine()
    {
        int length = bytes.AsSpan(at, Math.Min(256, bytes.Length - at)).IndexOf((byte)'\n');
        string line = ReadText(length < 0 ? throw Refuse("a name without end", "a Python name of at most 255 letters") : length);
        at++;
        return line;
    }

    private string ReadText(long length)
    {
        try
        {
            return Utf8.GetString(Take(Length(length)));
        }
        catch (DecoderFallbackException)
        {
            throw Refuse("a text that isn't UTF-8", "readable words");
        }
    }

    private long ReadLong(long length) => length is >= 0 and <= 8 ? Signed(Take((int)length)) : throw Refuse($"a whole number of {length} bytes", "at most 8");

    private static long Signed(ReadOnlySpan<byte> little)
    {
        long value = little.Length > 0 && (little[^1] & 0x80) != 0 ? -1 : 0;
        for (int i = little.Length - 1; i >= 0; i--) value = (value << 8) | little[i];
        return value;
    }

    // Lengths of 8 bytes that don't fit a long come out negative and are refused as such.
    private long ReadInt64(int size)
    {
        long value = 0;
        ReadOnlySpan<byte> little = Take(size);
        for (int i = size - 1; i >= 0; i--) value = (value << 8) | little[i];
        return value;
    }

    private int Length(long wanted) => wanted >= 0 && wanted <= bytes.Length - at ? (int)wanted : throw Refuse($"a text of {(ulong)wanted} bytes", $"at most {bytes.Length - at}, what is left of the file");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - at) throw Refuse("the end of the file in the middle of an instruction", "a whole pickle");
        at += count;
        return bytes.AsSpan(at - count, count);
    }

    private WeightsException Refuse(string found, string expected) => new(file, null, $"{found} (byte {start} of {place})", expected);
}
