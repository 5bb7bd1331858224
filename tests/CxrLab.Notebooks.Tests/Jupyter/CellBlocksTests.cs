using CxrLab.Notebooks.Jupyter;

namespace CxrLab.Notebooks.Tests.Jupyter;

/// <summary>When cells may stand in one text: the compiler's services pay for each text with every question.</summary>
public class CellBlocksTests
{
    private readonly CellBlocks blocks = new();

    [Fact]
    public void Add_DistinctCells_ShareABlockUpToFifty()
    {
        Add([.. Enumerable.Range(0, 120).Select(i => $"var v{i} = {i};")]);

        Assert.Equal([50, 50, 20], blocks.All.Select(block => block.Cells));
    }

    [Theory]
    [InlineData("var a = 1;", "var a = 2;")] // declared anew: only the second counts
    [InlineData("var a = 1;", "int a() => 2;")]
    [InlineData("class A { }", "enum A { }")]
    [InlineData("int.TryParse(text, out var a)", "var (a, b) = (1, 2);")]
    public void Add_SameNames_KeepsTheLast(string first, string second)
    {
        Add(first, second);

        Assert.StartsWith(second, Assert.Single(blocks.All).Text);
    }

    [Fact]
    public void Add_NameThatAnEarlierCellUses_BeginsABlock()
    {
        Add("var y = x + 1;", "var z = 1;", "var x = 2;");

        Assert.Equal(["y,z", "x"], blocks.All.Select(block => string.Join(',', block.Names.Order(StringComparer.Ordinal))));
    }

    [Fact]
    public void Add_OneCellAmongMany_RunAThousandTimes_StaysTwoBlocks()
    {
        Add("var a = 1;", "var b = a;", "var c = b;");
        Add([.. Enumerable.Repeat("var b = a + 1;", 1000)]);

        Assert.Equal(2, blocks.All.Count);
    }

    [Fact]
    public void Add_AllCellsRunAgain_DropsTheFirstRun()
    {
        string[] notebook = ["var a = 1;", "var b = a;", "var c = b;"];
        for (int i = 0; i < 100; i++) Add(notebook);

        Assert.Equal(["a", "b", "c"], Assert.Single(blocks.All).Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Add_StatementsThatDeclareNothing_AddNothing()
    {
        Add("Console.WriteLine(1);", "for (int i = 0; i < 3; i++) { var inner = i; }", "1 + 1", "// a remark", "");

        Assert.DoesNotContain(blocks.All, block => block.Text.Contains("Console", StringComparison.Ordinal) || block.Text.Contains('1'));
    }

    [Fact]
    public void Add_UsingOrDirectiveOrSettings_StandsAloneAndIsNeverDropped()
    {
        Add("var a = 1;", "using System.Timers;\nvar b = 1;", "var b = 2;", "#nullable enable\nstring c;", "var c = 1; var d = 2;");
        blocks.Add(CellDeclarations.Of("1"), new object(), hasSettings: true);
        Add("var e = 1;");

        Assert.Equal(7, blocks.All.Count);
        Assert.Equal("using System.Timers;\nvar b = 1;", blocks.All[1].Text);
    }

    private void Add(params string[] cells)
    {
        foreach (string cell in cells) blocks.Add(CellDeclarations.Of(cell), new object(), hasSettings: false);
    }
}
