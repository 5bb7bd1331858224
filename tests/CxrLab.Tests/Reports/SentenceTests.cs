using System.Text.RegularExpressions;
using CxrLab.Reports;
using Xunit;

namespace CxrLab.Tests.Reports;

/// <summary>193 sentences written for this project, by phenomenon; each states every label that it must give and every one that it must not.</summary>
public partial class SentenceTests
{
    public static TheoryData<string> Phenomena => [.. Rows().Select(row => row.Phenomenon).Distinct()];

    [Theory]
    [MemberData(nameof(Phenomena))]
    public void EverySentence_GivesExactlyTheLabelsWritten(string phenomenon)
    {
        var wrong = new List<string>();
        foreach (Row row in Rows().Where(row => row.Phenomenon == phenomenon))
        {
            LabeledReport report = new ReportLabeler(LabelScheme.ByName(row.Scheme)).Label(row.Text);
            string found = string.Join(' ', report.Scheme.Labels.Zip(report.Labels).Where(pair => pair.Second != LabelState.Missing).Select(pair => Sign(pair.Second) + pair.First).Order(StringComparer.Ordinal));
            string expected = string.Join(' ', Label().Matches(row.Labels).Select(match => match.Value.Trim()).Order(StringComparer.Ordinal));
            if (found != expected || report.Normal != row.Normal) wrong.Add($"line {row.Line} '{row.Text}': expected {expected} {(row.Normal ? "n" : "a")}; found {report}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void TheTable_HasEnoughSentencesAndPhenomena()
    {
        Assert.True(Rows().Count >= 150);
        Assert.True(Phenomena.Count >= 15);
    }

    private static string Sign(LabelState state) => state switch { LabelState.Positive => "+", LabelState.Negative => "-", _ => "?" };

    private static List<Row> Rows() =>
    [
        .. File.ReadLines(Path.Combine(Sample.Repository, "tests", "CxrLab.Tests", "Reports", "sentences.tsv"))
            .Select((line, i) => (line, i)).Where(pair => pair.line.Length > 0 && pair.line[0] != '#')
            .Select(pair => (Fields: pair.line.Split('\t'), pair.i))
            .Select(pair => new Row(pair.i + 1, pair.Fields[0], pair.Fields[1], pair.Fields[2], pair.Fields[3], pair.Fields[4] == "n")),
    ];

    [GeneratedRegex(@"[+\-?][A-Z][A-Za-z_]*(?: [A-Z][A-Za-z]+)*")]
    private static partial Regex Label();

    private sealed record Row(int Line, string Phenomenon, string Scheme, string Text, string Labels, bool Normal);
}
