using CxrLab.Notebooks.Document;
using CxrLab.Notebooks.Running;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Running;

public sealed class ParametersTests
{
    [Theory]
    [InlineData("var epochs = 3; // few", "epochs", "10", "var epochs = 10; // few")]
    [InlineData("int a = 1, b = -2;", "b", "5", "int a = 1, b = 5;")]
    [InlineData("var rate = 0.5;", "rate", "1", "var rate = 1.0;")]
    [InlineData("var rate = 0.5f;", "rate", "1e-3", "var rate = 0.001f;")]
    [InlineData("const bool quick = false;", "quick", "True", "const bool quick = true;")]
    [InlineData("var root = \"data\";", "root", "a \"b\"\\c", "var root = \"a \\\"b\\\"\\\\c\";")]
    public void Apply_Value_KeepsTheLiteralsType(string source, string name, string value, string expected)
    {
        Notebook notebook = Tagged(source);
        Parameters.Apply([notebook], new Dictionary<string, string> { [name] = value });
        Assert.Equal(expected, notebook.Cells[0].Source);
    }

    [Theory]
    [InlineData("var epochs = 3;", "epochs", "0.5", "doesn't fit")]
    [InlineData("var quick = true;", "quick", "maybe", "doesn't fit")]
    [InlineData("var n = Compute();", "n", "1", "doesn't fit")]
    [InlineData("var epochs = 3;", "epochs", "99999999999", "is a whole number, now 3; '99999999999' doesn't fit")]
    [InlineData("int n;", "n", "1", "no value to replace")]
    [InlineData("var epochs = 3; var size = 64;", "epoch", "1", "there are: epochs, size")]
    public void Apply_WrongNameOrValue_SaysWhy(string source, string name, string value, string expected)
    {
        var error = Assert.Throws<BadNotebookException>(() => Parameters.Apply([Tagged(source)], new Dictionary<string, string> { [name] = value }));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_NoParametersCell_SaysSo()
    {
        var notebook = new Notebook("n.ipynb", Build.Notebook("var a = 1;"));
        var error = Assert.Throws<BadNotebookException>(() => Parameters.Apply([notebook], new Dictionary<string, string> { ["a"] = "2" }));
        Assert.Contains("tagged 'parameters'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_SeveralNotebooks_SetsItWhereItIsAndNamesTheOthers()
    {
        Notebook with = Tagged("var fast = false;"), without = new("m.ipynb", Build.Notebook("var a = 1;"));
        Assert.Equal(["m.ipynb has no parameter 'fast' and runs as it is"],
            Parameters.Apply([with, without], new Dictionary<string, string> { ["fast"] = "true" }));
        Assert.Equal("var fast = true;", with.Cells[0].Source);
        var error = Assert.Throws<BadNotebookException>(() => Parameters.Apply([with, without], new Dictionary<string, string> { ["fats"] = "true" }));
        Assert.Contains("no parameter 'fats'; there are: fast", error.Message, StringComparison.Ordinal);
    }

    private static Notebook Tagged(string source) => new("n.ipynb", Build.Notebook(Build.Code(source, "p", "parameters")));
}
