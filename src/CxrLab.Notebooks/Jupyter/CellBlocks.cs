namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// The cells that ran, as few texts that mean the same to the next cell. Each submission costs the compiler's services a walk through
/// all references with every question, so consecutive cells are put together as long as no cell changes the meaning of one before it,
/// and what was declared anew is dropped, as when one cell is run again and again.
/// </summary>
internal sealed class CellBlocks
{
    /// <summary>A block that gets a cell is compiled anew: its length bounds that work.</summary>
    private const int MostCells = 50;
    private readonly List<Block> blocks = [];

    /// <summary>The blocks, oldest first: each continues the one before it.</summary>
    public IReadOnlyList<Block> All => blocks;

    /// <summary>One text; a block that grew or was replaced is another object.</summary>
    /// <param name="Text">What its cells declare.</param>
    /// <param name="Names">The names of these declarations.</param>
    /// <param name="Mentions">Every identifier in the text.</param>
    /// <param name="Cells">How many cells it was made of.</param>
    /// <param name="First">The first of them, which has the settings of all.</param>
    /// <param name="Stays">Whether it has settings of its own (references, imports, usings, directives), and is neither joined nor dropped.</param>
    internal sealed record Block(string Text, IReadOnlySet<string> Names, IReadOnlySet<string> Mentions, int Cells, object First, bool Stays);

    public void Clear() => blocks.Clear();

    /// <param name="cell">The cell's declarations.</param>
    /// <param name="source">What carries its settings.</param>
    /// <param name="hasSettings">Whether it added references or imports, which must not reach cells before it.</param>
    public void Add(CellDeclarations cell, object source, bool hasSettings)
    {
        bool stays = hasSettings || cell.StandsAlone;
        if (!stays && cell.Names.Count == 0) return;
        if (!stays && blocks.Count > 0 && Join(blocks[^1], cell) is Block joined) blocks[^1] = joined;
        else blocks.Add(new Block(cell.Text, cell.Names, cell.Mentions, 1, source, stays));
        // All that it declares is declared again right after it: nothing can mean it any more.
        while (blocks.Count > 1 && !blocks[^2].Stays && blocks[^2].Names.IsSubsetOf(blocks[^1].Names)) blocks.RemoveAt(blocks.Count - 2);
    }

    /// <summary>Null where a name of the new cell would change what an earlier cell of the block says, or replace what it declares.</summary>
    private static Block? Join(Block block, CellDeclarations cell) => block.Stays || block.Cells >= MostCells || cell.Names.Overlaps(block.Mentions)
        ? null
        : block with
        {
            Text = block.Text + cell.Text,
            Names = block.Names.Concat(cell.Names).ToHashSet(StringComparer.Ordinal),
            Mentions = block.Mentions.Concat(cell.Mentions).ToHashSet(StringComparer.Ordinal),
            Cells = block.Cells + 1,
        };
}
