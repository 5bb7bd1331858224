using CxrLab.Notebooks.Jupyter;
using CxrLab.Notebooks.Session;
using Microsoft.CodeAnalysis.Completion;

namespace CxrLab.Notebooks.Tests.Jupyter;

/// <summary>What the editor's services know of a session: the same that the next cell would see, however many cells ran.</summary>
public sealed class ScriptWorkspaceTests : IDisposable
{
    private readonly ScriptSession session = new(Path.GetTempPath(), _ => { });
    private readonly Completions completions;
    private readonly Inspection inspection;
    private int count;

    public ScriptWorkspaceTests()
    {
        var workspace = new ScriptWorkspace(session);
        completions = new Completions(workspace);
        inspection = new Inspection(workspace);
    }

    public void Dispose() => session.Dispose();

    [Fact]
    public void Complete_VariableDeclaredAnewWithAnotherType_OffersTheLast()
    {
        Run("var value = \"text\";", "var length = value.Length;", "var value = new DateTime(2020, 1, 1);");

        Assert.Contains("AddDays", Offered("value.Add"));
        Assert.Empty(Offered("value.Subst"));
        Assert.Contains("int", inspection.Describe("length", 6));
    }

    [Fact]
    public void Complete_LaterCellNamesAVariableLikeAnEarlierCellsType_LeavesTheEarlierCellsMeaning()
    {
        // Put together in one text, 'Path' in the first line would be the string of the third.
        Run("var joined = Path.Combine(\"a\", \"b\");", "var other = joined.ToUpper();", "string Path = \"elsewhere\";");

        Assert.Contains("Substring", Offered("joined.Subst"));
        Assert.Contains("Substring", Offered("other.Subst"));
        Assert.Contains("Substring", Offered("Path.Subst"));
    }

    [Fact]
    public void Complete_VariablesWithoutOwnStatement_AreOffered()
    {
        Run("int.TryParse(\"5\", out int parsed)", "var (left, right) = (1.5, \"x\");", "object boxed = 3; if (boxed is int inner) { }", "await Task.Delay(1); var late = 2m;");

        Assert.Contains("parsed", Offered("pars"));
        Assert.Contains("CompareTo", Offered("left.Comp"));
        Assert.Contains("Substring", Offered("right.Subst"));
        Assert.Contains("late", Offered("lat"));
    }

    [Fact]
    public void Complete_TypesMethodsUsingsAndLambdas_AreOffered()
    {
        Run("using System.Globalization;", "class Film { public double Age { get; set; } }", "Film Open(string name) => new Film();", "static double Twice(this Film film) => film.Age * 2;",
            "var films = new[] { Open(\"a\") };", "enum Side { Left, Right }", "var oldest = films.MaxBy(film => film.Age);");

        Assert.Contains("CultureInfo", Offered("CultureIn"));
        Assert.Contains("Age", Offered("Open(\"b\").A"));
        Assert.Contains("Twice", Offered("oldest.Tw"));
        Assert.Contains("Left", Offered("Side.L"));
        Assert.Contains("Age", Offered("films.Select(film => film.A"));
    }

    [Fact]
    public void Inspect_MethodOfAnEarlierCell_ShowsItsDocumentation()
    {
        Run("1 + 1", "/// <summary>Width over height.</summary>\ndouble Ratio(double width, double height) => width / height;", "var x = 1;");

        Assert.Contains("Width over height.", inspection.Describe("Ratio(", 6));
    }

    [Fact]
    public void Complete_CellsRunAgainAndAgain_SeeTheLastRun()
    {
        for (int i = 0; i < 12; i++)
        {
            Run($"var input = {(i % 2 == 0 ? "1.5" : "\"text\"")};", "var output = new[] { input };", "Console.Write(output.Length)");
            if (i % 4 == 1) Assert.Contains("Substring", Offered("output[0].Subst"));
        }

        Assert.Contains("Substring", Offered("output[0].Subst"));
        Run("var input = 2.5;"); // the other isn't run again, and keeps what it was made of
        Assert.Contains("Substring", Offered("output[0].Subst"));
        Assert.Contains("CompareTo", Offered("input.Comp"));
    }

    [Fact]
    public void Complete_ReferenceAddedBetweenCells_IsKnownFromThenOn()
    {
        string dll = typeof(Markdig.Markdown).Assembly.Location;
        Run("var first = 1;", $"#r \"{dll}\"\nusing Markdig;", "var html = Markdown.ToHtml(\"*a*\");");

        Assert.Contains("ToHtml", Offered("Markdown.ToH"));
        Assert.Contains("Substring", Offered("html.Subst"));
        Assert.Contains("first", Offered("fir"));
    }

    [Fact]
    public void Complete_FailedCell_ChangesNothing()
    {
        Run("var kept = 1;");
        Assert.NotNull(session.Run(new CellCode(++count, "var broken = ;")));
        Assert.NotNull(session.Run(new CellCode(++count, "var begun = 1; throw new Exception();")));

        Assert.Contains("kept", Offered("kep"));
        Assert.Empty(Offered("broke"));
        Assert.Contains("begun", Offered("begu"));
    }

    private void Run(params string[] cells)
    {
        foreach (string cell in cells) Assert.Null(session.Run(new CellCode(++count, cell)));
    }

    private string[] Offered(string code)
    {
        string typed = code[(code.LastIndexOfAny(['.', ' ', '(']) + 1)..];
        IReadOnlyList<CompletionItem> items = completions.At(code, code.Length).Items;
        return [.. items.Select(item => item.DisplayText).Where(text => text.StartsWith(typed, StringComparison.Ordinal))];
    }
}
