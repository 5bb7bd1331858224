namespace CxrLab.Data;

/// <summary>
/// The columns that a report labeler fills with 1.0, 0.0, -1.0 or nothing, as CheXpert and MIMIC-CXR publish them. They are found by
/// name: two labelers write them in different orders.
/// </summary>
internal sealed class ReportLabelColumns
{
    private readonly CsvTable table;
    private readonly LabelSet labels;
    private readonly LabelVectors vectors;
    private readonly int[] columns;

    internal ReportLabelColumns(CsvTable table, LabelSet labels, LabelVectors vectors)
    {
        (this.table, this.labels, this.vectors) = (table, labels, vectors);
        columns = [.. labels.Select(name => table.Column(name))];
    }

    /// <summary>States of the current row, aligned with the label set.</summary>
    /// <exception cref="DataFormatException">A cell holds something else.</exception>
    internal IReadOnlyList<LabelState> Read()
    {
        Span<LabelState> states = stackalloc LabelState[columns.Length];
        for (int k = 0; k < columns.Length; k++)
        {
            ReadOnlySpan<char> text = table.Span(columns[k]).Trim();
            states[k] = text switch
            {
                "" => LabelState.Missing,
                "1.0" or "1" => LabelState.Positive,
                "0.0" or "0" => LabelState.Negative,
                "-1.0" or "-1" => LabelState.Uncertain,
                _ => throw table.Error($"'{labels[k]}' is '{text}'; expected 1.0 positive, 0.0 negative, -1.0 uncertain, or nothing where the report doesn't mention it."),
            };
        }

        return vectors.Shared(states);
    }
}
