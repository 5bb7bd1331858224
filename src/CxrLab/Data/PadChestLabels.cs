namespace CxrLab.Data;

/// <summary>
/// Turns a <c>Labels</c> cell into states. What a list names is Positive, what it doesn't is Negative. It stays Missing where the list
/// isn't a full account of the image: it is blank, or says <c>unchanged</c>, <c>exclude</c> or <c>suboptimal study</c>.
/// </summary>
internal sealed class PadChestLabels
{
    private readonly LabelVectors vectors = new();
    private readonly Dictionary<string, IReadOnlyList<LabelState>> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> others = new(StringComparer.Ordinal);

    /// <summary>Cells that name nothing.</summary>
    internal int Blank { get; private set; }

    /// <summary>Cells that aren't a full account.</summary>
    internal int Partial { get; private set; }

    /// <summary>Distinct texts that are no column.</summary>
    internal int OtherTexts => others.Count;

    internal IReadOnlyList<LabelState> Read(CsvTable table, int column)
    {
        string cell = table.Text(column);
        List<string>? items = [];
        bool blank = cell.AsSpan().Trim() is "" or "nan" or "NaN";
        if (!blank && !PythonList.TryParse(cell, out items))
            throw table.Error($"the labels are \"{cell}\"; expected a list such as ['normal', 'pleural effusion'], or nothing.");
        bool partial = items.Exists(item => item is "unchanged" or "exclude" or "suboptimal study");
        if (items.Count == 0) Blank++;
        else if (partial) Partial++;
        if (known.TryGetValue(cell, out IReadOnlyList<LabelState>? shared)) return shared;
        Span<LabelState> states = stackalloc LabelState[LabelSet.PadChest.Count];
        states.Fill(partial || items.Count == 0 ? LabelState.Missing : LabelState.Negative);
        foreach (string item in items)
        {
            if (LabelSet.PadChest.TryIndexOf(item, out int k)) states[k] = LabelState.Positive;
            else if (item is not ("normal" or "unchanged" or "exclude" or "suboptimal study")) others.Add(item);
        }

        return known[cell] = vectors.Shared(states);
    }
}
