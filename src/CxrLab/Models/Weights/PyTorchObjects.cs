namespace CxrLab.Models;

/// <summary>
/// The allow-list of a PyTorch checkpoint: the few Python names that weights need, and what they mean here. No name leads to code; a name that isn't
/// listed is refused, whatever it is.
/// </summary>
internal sealed class PyTorchObjects
{
    internal const string Allowed = "only tensors, dictionaries, lists, numbers and words; in Python, save the weights alone: torch.save(model.state_dict(), \"weights.pt\")";

    private const int MaxDimensions = 32;

    private readonly string file;
    private readonly Func<string, long?>? lengthOf;
    private readonly long mostBytes;
    private readonly Dictionary<string, PickleStorage> storages = new(StringComparer.Ordinal);

    /// <summary>For an archive, which says at once how long each storage is.</summary>
    /// <param name="file">For errors.</param>
    /// <param name="lengthOf">Bytes of a record of the archive, or null where it doesn't exist.</param>
    internal PyTorchObjects(string file, Func<string, long?> lengthOf) => (this.file, this.lengthOf) = (file, lengthOf);

    /// <summary>For the old format, whose storages come behind the pickle; whoever reads them compares their lengths with <see cref="Storages"/>.</summary>
    /// <param name="file">For errors.</param>
    /// <param name="mostBytes">No storage can have more.</param>
    internal PyTorchObjects(string file, long mostBytes) => (this.file, this.mostBytes) = (file, mostBytes);

    /// <summary>All storages that tensors refer to, by key.</summary>
    internal IReadOnlyDictionary<string, PickleStorage> Storages => storages;

    /// <summary>An allowed name, as a word.</summary>
    internal PickleGlobal Resolve(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        bool allowed = (module, name) is ("collections", "OrderedDict") or ("torch._utils", "_rebuild_tensor" or "_rebuild_tensor_v2" or "_rebuild_parameter") or ("torch", "Size")
            || module == "torch" && NumberType.OfPyTorch(name) is not null;
        return allowed ? global : throw Refuse($"the Python object {global}", Allowed);
    }

    /// <summary>What a call of an allowed name describes.</summary>
    internal object Call(object? callee, object? arguments) => (callee?.ToString(), arguments) switch
    {
        (_, not PickleList { IsTuple: true }) or (_, _) when callee is not PickleGlobal => throw Refuse($"a call of {Kind(callee)} with {Kind(arguments)}", Allowed),
        ("collections.OrderedDict", PickleList { Items: [] }) => new PickleDict(IsOrdered: true),
        // Python 2 wrote an ordered dictionary with its pairs.
        ("collections.OrderedDict", PickleList { Items: [PickleList { IsTuple: false } pairs] }) when pairs.Items.All(pair => pair is PickleList { Items: [string or long, _] }) => Ordered(pairs),
        ("torch.Size", PickleList { Items: [PickleList size] }) => new PickleList([.. Numbers(size, "a size")], IsTuple: true),
        ("torch._utils._rebuild_tensor", PickleList { Items: [PickleStorage storage, long offset, PickleList shape, PickleList stride] }) => View(storage, offset, shape, stride),
        ("torch._utils._rebuild_tensor_v2", PickleList { Items: [PickleStorage storage, long offset, PickleList shape, PickleList stride, bool, PickleDict] }) => View(storage, offset, shape, stride),
        ("torch._utils._rebuild_tensor_v2", PickleList { Items: [PickleStorage storage, long offset, PickleList shape, PickleList stride, bool, PickleDict, null or PickleDict] }) => View(storage, offset, shape, stride),
        ("torch._utils._rebuild_parameter", PickleList { Items: [PickleTensor tensor, bool, PickleDict] }) => tensor,
        _ => throw Refuse($"a call of {callee} with {Describe(arguments)}", "the arguments that torch.save writes"),
    };

    /// <summary>
    /// A storage from its name <c>("storage", type, key, location, count)</c>; where it once lived (cpu, cuda) doesn't matter. In the old format a sixth part says which piece of it
    /// is meant: None, or <c>(key of the piece, begin, count)</c>.
    /// </summary>
    internal PickleStorage Persistent(object? id) => id switch
    {
        PickleList { IsTuple: true, Items: ["storage", PickleGlobal { Module: "torch" } type, string key, string, long count] } when lengthOf is not null => Storage(type.Name, key, count),
        PickleList { IsTuple: true, Items: ["storage", PickleGlobal { Module: "torch" } type, string key, string, long count, null] } when lengthOf is null => Storage(type.Name, key, count),
        PickleList { IsTuple: true, Items: ["storage", PickleGlobal { Module: "torch" } type, string key, string, long count, PickleList { Items: [string, long begin, long part] }] } when lengthOf is null =>
            Piece(Storage(type.Name, key, count), begin, part),
        PickleList { IsTuple: true, Items: ["module", PickleGlobal module, ..] } when lengthOf is null => throw Refuse($"the Python class {module} with its source", Allowed),
        _ => throw Refuse($"a reference to something outside the pickle, {Describe(id)}", $"(\"storage\", type, key, location, count{(lengthOf is null ? ", view" : "")})"),
    };

    private PickleStorage Storage(string typeName, string key, long count)
    {
        if (NumberType.OfPyTorch(typeName) is not { } type) throw Refuse($"a reference to something outside the pickle, a storage of type torch.{typeName}", "a storage type of PyTorch");
        if (storages.TryGetValue(key, out PickleStorage? known))
            return known.Type == type && known.Count == count ? known : throw Refuse($"storage '{key}' as {known.Count} numbers of {known.Type.PyTorch} and as {count} of {type.PyTorch}", "one type and length");
        if (lengthOf is null)
            return count >= 0 && count <= mostBytes / type.Size ? storages[key] = new PickleStorage(type, key, count) : throw Refuse($"storage '{key}' of {count} numbers", $"at most the {mostBytes} bytes of the file, {type.Size} for each number");
        if (lengthOf("data/" + key) is not { } length) throw Refuse($"storage '{key}', of which the archive has no record", "a record data/KEY for each storage");
        if (count < 0 || count > length / type.Size || count * type.Size != length) throw Refuse($"storage '{key}' of {count} numbers in {length} bytes", $"{type.Size} bytes for each number of {type.PyTorch}");
        return storages[key] = new PickleStorage(type, key, count);
    }

    private PickleStorage Piece(PickleStorage whole, long begin, long count) => begin >= 0 && count >= 0 && begin <= whole.Count - count
        ? new PickleStorage(whole.Type, whole.Key, count, begin, whole)
        : throw Refuse($"a piece of {count} numbers from number {begin} of storage '{whole.Key}'", $"a place within its {whole.Count} numbers");

    private static PickleDict Ordered(PickleList pairs)
    {
        var dictionary = new PickleDict(IsOrdered: true);
        foreach (PickleList pair in pairs.Items.OfType<PickleList>()) dictionary.Items.Add((pair.Items[0]!, pair.Items[1]));
        return dictionary;
    }

    /// <summary>Python's "set the attributes"; a state dictionary keeps its version numbers so, which nothing here needs.</summary>
    internal void Build(object? state, object? target)
    {
        if (target is not PickleDict { IsOrdered: true } || state is not PickleDict) throw Refuse($"attributes ({Kind(state)}) for {Kind(target)}", Allowed);
    }

    internal static string Kind(object? value) => value switch
    {
        null => "None",
        bool => "a truth value",
        long => "a whole number",
        double => "a number",
        string => "a word",
        PickleList { IsTuple: true } => "a tuple",
        PickleList => "a list",
        PickleDict => "a dictionary",
        PickleStorage => "a storage",
        PickleTensor => "a tensor",
        _ => value.ToString()!,
    };

    private static string Describe(object? value) => value is PickleList { Items.Count: <= 8 } list ? $"({string.Join(", ", list.Items.Select(Kind))})" : Kind(value);

    private PickleTensor View(PickleStorage storage, long offset, PickleList shapeList, PickleList strideList)
    {
        long[] shape = [.. Numbers(shapeList, "a shape").Cast<long>()], stride = [.. Numbers(strideList, "strides").Cast<long>()];
        string what = $"a tensor [{string.Join(", ", shape)}] with strides [{string.Join(", ", stride)}] from number {offset} of storage '{storage.Key}'";
        if (shape.Length != stride.Length || shape.Length > MaxDimensions) throw Refuse(what, $"one stride per dimension, at most {MaxDimensions}");
        if (offset < 0 || offset > storage.Count) throw Refuse(what, $"a place within its {storage.Count} numbers");
        if (shape.Contains(0)) return new PickleTensor(storage.Whole ?? storage, storage.Start + offset, shape, stride);
        // From the finest stride to the coarsest: each step must leave what the finer ones reach, else numbers would stand for each other.
        Int128 reach = 0;
        foreach ((long size, long step) in shape.Zip(stride).Where(pair => pair.First > 1).OrderBy(pair => pair.Second))
        {
            if (step <= reach) throw Refuse(what, "numbers that don't overlap; in Python, call .contiguous() or .clone() before saving");
            reach += (Int128)(size - 1) * step;
            if (reach >= storage.Count) break;
        }

        return offset + reach < storage.Count ? new PickleTensor(storage.Whole ?? storage, storage.Start + offset, shape, stride) : throw Refuse(what, $"a place within its {storage.Count} numbers");
    }

    private List<object?> Numbers(PickleList list, string what) =>
        list.Items.All(item => item is long and >= 0) ? list.Items : throw Refuse($"{what} of {Describe(list)}{(list.Items.OfType<long>().Any(number => number < 0) ? " with a number below 0" : "")}", "whole numbers from 0");

    private WeightsException Refuse(string found, string expected) => new(file, null, found, expected);
}
