using CxrLab.Reports;
using Xunit;

namespace CxrLab.Tests.Reports;

public class PhraseTableTests
{
    [Theory]
    [InlineData("atelecta*", 1, "phrase stands before")]
    [InlineData("[a] nih=Edema\n\n~2 edema", 3, "must start with a word")]
    [InlineData("[a] nih\nedema", 1, "no scheme=Label")]
    [InlineData("[a]\nedema @side", 2, "no macro @side")]
    [InlineData("[a]\nedema ~x", 2, "is no gap")]
    public void ABadLine_IsNamed(string text, int line, string problem)
    {
        DataFormatException error = Assert.Throws<DataFormatException>(() => PhraseTable.Parse(text, "mine.txt"));
        Assert.Equal(line, error.Line);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("mine.txt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("negation list no", "is no rule")]
    [InlineData("denial list : no", "'denial' is no stage")]
    [InlineData("negation far : no", "'far' is no reach")]
    public void ABadRule_IsNamed(string text, string problem) =>
        Assert.Contains(problem, Assert.Throws<DataFormatException>(() => ContextRules.Parse("# rules\n" + text, "mine.txt")).Message, StringComparison.Ordinal);

    [Fact]
    public void EveryLabelOfTheTable_IsOneOfItsScheme_AndEveryLabelHasPhrases()
    {
        foreach (LabelScheme scheme in LabelScheme.All)
        {
            string[] named = [.. PhraseTable.Default.Concepts.SelectMany(concept => concept.Labels.TryGetValue(scheme.Name, out IReadOnlyList<string>? labels) ? labels : []).Distinct()];
            Assert.All(named, label => Assert.Contains(label.TrimEnd('?'), (IEnumerable<string>)scheme.Labels));
            Assert.Empty(scheme.Labels.Except(named).Except([LabelScheme.NoFinding]));
        }
    }
}
