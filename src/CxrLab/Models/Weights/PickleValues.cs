namespace CxrLab.Models;

// What a pickle of weights may hold beside null, bool, long, double and string.

/// <summary>A Python list or tuple.</summary>
internal sealed record PickleList(List<object?> Items, bool IsTuple);

/// <summary>A Python dict or OrderedDict; a list of pairs, for nothing is looked up while the file isn't checked.</summary>
internal sealed record PickleDict(bool IsOrdered)
{
    internal List<(object Key, object? Value)> Items { get; } = [];
}

/// <summary>An allowed Python name; only a word here, never a function.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>Numbers of one type: the archive's record <c>data/KEY</c>, or a part of one that begins at number <c>Start</c> of <c>Whole</c>.</summary>
internal sealed record PickleStorage(NumberType Type, string Key, long Count, long Start = 0, PickleStorage? Whole = null);

/// <summary>A checked view on a whole storage.</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Stride);
