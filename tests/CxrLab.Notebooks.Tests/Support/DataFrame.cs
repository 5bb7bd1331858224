namespace Microsoft.Data.Analysis;

/// <summary>A stand-in with the members that the host looks at; the host knows the real type by its name only.</summary>
public sealed class DataFrame
{
    public RowCollection Rows { get; } = new(30);

    public IReadOnlyList<Column> Columns { get; } = [new("age", typeof(int))];

    public sealed record RowCollection(long Count);

    public sealed record Column(string Name, Type DataType)
    {
        public object this[long row] => row;
    }
}
