using CxrLab.Reports;
using Xunit;

namespace CxrLab.Tests.Reports;

public class ReportLabelerTests
{
    [Fact]
    public void CheXpertsFirstSampleReport_GivesItsPublishedLabels()
    {
        LabeledReport report = new ReportLabeler(LabelScheme.CheXpert).Label("Heart size normal and lungs are clear. No edema or pneumonia. No effusion");
        AssertOnly(report, ("No Finding", LabelState.Positive), ("Cardiomegaly", LabelState.Negative), ("Edema", LabelState.Negative),
            ("Pneumonia", LabelState.Negative), ("Pleural Effusion", LabelState.Negative));
    }

    [Fact]
    public void CheXpertsThirdSampleReport_GivesItsPublishedLabels()
    {
        LabeledReport report = new ReportLabeler(LabelScheme.CheXpert).Label("Minimal patchy airspace disease within the lingula, may reflect atelectasis or consolidation.");
        AssertOnly(report, ("Lung Opacity", LabelState.Positive), ("Consolidation", LabelState.Uncertain), ("Atelectasis", LabelState.Uncertain));
    }

    [Fact]
    public void EveryMention_StandsWhereItsSpanSays_AndNamesItsReason()
    {
        const string text = "FINDINGS: The heart is enlarged. No effusion or pneumothorax.\nIMPRESSION: Cannot exclude pneumonia.";
        LabeledReport report = new ReportLabeler(LabelScheme.Nih).Label(text);
        Assert.Equal(["heart is enlarged", "effusion", "pneumothorax", "pneumonia"], report.Mentions.Select(mention => mention.Text));
        foreach (Mention mention in report.Mentions) Assert.Equal(mention.Text, text.Substring(mention.Section.Start + mention.Start, mention.Length));
        Mention doubted = report.Mentions[^1];
        Assert.Equal(Stage.DoubtBeforeNegation, doubted.Rule!.Stage);
        Assert.Equal("Cannot exclude", text.Substring(doubted.Section.Start + doubted.RuleSpan!.Value.Start, doubted.RuleSpan.Value.Length));
        Assert.Contains("by 'Cannot exclude'", doubted.Explanation, StringComparison.Ordinal);
        Assert.Null(report.Mentions[0].Rule);
    }

    [Fact]
    public void WithoutTheNegationStage_NegatedFindingsBecomePositive()
    {
        var labeler = new ReportLabeler(LabelScheme.Nih, rules: ContextRules.Default.Without(Stage.Negation));
        Assert.Equal(LabelState.Positive, labeler.Label("No effusion.")["Effusion"]);
        Assert.Equal(LabelState.Negative, new ReportLabeler(LabelScheme.Nih).Label("No effusion.")["Effusion"]);
    }

    [Fact]
    public void AddedPhrasesAndRules_TakePartAtOnce()
    {
        var labeler = new ReportLabeler(LabelScheme.Nih, PhraseTable.Default.With("[pneumonia]\nlung fever"), ContextRules.Default.With("negation list : nary a"));
        Assert.Equal(LabelState.Positive, labeler.Label("Lung fever on the left.")["Pneumonia"]);
        Assert.Equal(LabelState.Negative, labeler.Label("Nary a nodule.")["Nodule"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    [InlineData("INDICATION: Cough. COMPARISON: Pneumonia in 2010.")]
    public void NothingToRead_GivesNoLabelAndNoNormal(string text)
    {
        foreach (LabelScheme scheme in LabelScheme.All)
        {
            LabeledReport report = new ReportLabeler(scheme).Label(text);
            Assert.All(report.Labels, state => Assert.Equal(LabelState.Missing, state));
            Assert.Null(report.Normal);
        }
    }

    [Fact]
    public void EachScheme_ReadsItsOwnSections()
    {
        var report = Report.FromParts("Small effusion.", "Cardiomegaly.");
        AssertOnly(new ReportLabeler(LabelScheme.CheXpert).Label(report), ("Cardiomegaly", LabelState.Positive));
        AssertOnly(new ReportLabeler(LabelScheme.Nih).Label(report), ("Effusion", LabelState.Positive), ("Cardiomegaly", LabelState.Positive));
    }

    [Fact]
    public void TheHtmlView_ShowsStateAndReason_AndEscapesTheText()
    {
        string html = new ReportLabeler(LabelScheme.Nih).Label("No effusion <script>alert(1)</script> & cardiomegaly.").ToMimeBundle()["text/html"];
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("Negation", html, StringComparison.Ordinal);
    }

    [Fact]
    public void AnyText_IsLabelledWithoutFailure_AndSpansStayInside()
    {
        // Words of the tables and marks in any order: what rules meet in real life is worse than any test sentence.
        string[] words = ["no", "not", "effusion", "heart", "enlarged", "normal", ",", ".", ";", ":", "or", "and", "may", "represent", "cannot", "exclude", "XXXX", "___", "1.", "2.5",
            "is", "not", "seen", "pneumonia", "(", ")", "-", "/", "?", "\n", "\n\n", "FINDINGS:", "IMPRESSION:", "but", "with", "é", "​", "'", "Dr.", "a.m.", "\u0000", "😀"];
        Random random = new(5);
        foreach (LabelScheme scheme in LabelScheme.All)
        {
            var labeler = new ReportLabeler(scheme);
            for (int i = 0; i < 3000; i++)
            {
                string text = string.Join(random.Next(5) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 40)).Select(_ => words[random.Next(words.Length)]));
                LabeledReport report = labeler.Label(text);
                foreach (Mention mention in report.Mentions) Assert.Equal(mention.Text, text.Substring(mention.Section.Start + mention.Start, mention.Length));
                Assert.NotEmpty(report.ToMimeBundle()["text/html"]);
            }
        }
    }

    [Fact]
    public void AVeryLongSentence_IsLabelledToItsEnd()
    {
        string text = "No " + string.Join(", ", Enumerable.Repeat("effusion", 20_000)) + ".";
        IReadOnlyList<Mention> mentions = new ReportLabeler(LabelScheme.Nih).Label(text).Mentions;
        Assert.Equal(20_000, mentions.Count);
        Assert.Equal(LabelState.Negative, mentions[0].State);
    }

    private static void AssertOnly(LabeledReport report, params (string Label, LabelState State)[] expected) =>
        Assert.Equal(expected.OrderBy(pair => pair.Label, StringComparer.Ordinal),
            report.Scheme.Labels.Zip(report.Labels).Where(pair => pair.Second != LabelState.Missing).OrderBy(pair => pair.First, StringComparer.Ordinal));
}
