using CxrLab.Reports;
using Xunit;

namespace CxrLab.Tests.Reports;

public class SplitterTests
{
    [Theory]
    [InlineData("Seen by Dr. Doe at 9 a.m. today. Clear.", "Seen by Dr. Doe at 9 a.m. today.|Clear.")]
    [InlineData("A 1.2 cm nodule. Clear.", "A 1.2 cm nodule.|Clear.")]
    [InlineData("1. Clear. 2. No effusion.", "Clear.|No effusion.")]
    [InlineData("1) Clear\n2) No effusion", "Clear|No effusion")]
    [InlineData("clear lungs. normal heart.", "clear lungs.|normal heart.")]
    [InlineData("PA and lateral chest x-XXXX. XXXX normal.", "PA and lateral chest x-XXXX.|XXXX normal.")]
    [InlineData("The lungs are clear and the\nheart is normal.", "The lungs are clear and the\nheart is normal.")]
    [InlineData("Lungs clear\nHeart normal", "Lungs clear|Heart normal")]
    [InlineData("Clear.The heart is normal.", "Clear.|The heart is normal.")]
    [InlineData("Signed J. Doe, M.D.", "Signed J. Doe, M.D.")]
    [InlineData("See image no. 2 of ___. Clear.", "See image no. 2 of ___.|Clear.")]
    [InlineData("Opacity... Clear!", "Opacity...|Clear!")]
    public void Sentences_EndWhereTheyEnd(string text, string expected) =>
        Assert.Equal(expected.Split('|'), SentenceSplitter.Split(text).Select(span => text[span.Start..span.End]));

    [Fact]
    public void MimicStyle_IsSplitAtHeadingsInCapitals()
    {
        const string text = "                                 FINAL REPORT\n EXAMINATION:  CHEST (PA AND LAT)\n\n INDICATION:  ___ year old woman with pneumonia.\n\n COMPARISON:  None.\n\n FINDINGS: \n\n Lungs are clear and well\n expanded.\n\n IMPRESSION: \n\n No acute process.\n";
        Report report = Report.FromText(text);
        Assert.Equal("No acute process.", Assert.Single(report.Conclusion()).Text.Trim());
        Assert.Equal(["FINDINGS", "IMPRESSION"], report.FindingsAndImpression().Select(section => section.Heading));
        Assert.Equal(LabelState.Missing, new ReportLabeler(LabelScheme.Nih).Label(report)["Pneumonia"]);
        foreach (ReportSection section in report.Sections) Assert.Equal(section.Text, text.Substring(section.Start, section.Text.Length));
    }

    [Fact]
    public void OneLineWithHeadings_IsSplitToo()
    {
        Report report = Report.FromText("Indication: cough. Comparison: none. Findings: Lungs clear. Impression: Normal chest.");
        Assert.Equal([SectionKind.Other, SectionKind.Comparison, SectionKind.Findings, SectionKind.Impression], report.Sections.Select(section => section.Kind));
    }

    [Fact]
    public void WithoutHeadings_TheLastParagraphIsTheConclusion()
    {
        Report report = Report.FromText("Portable film.\n\nHeart is large.\n\nMild cardiomegaly.");
        Assert.Equal("Mild cardiomegaly.", Assert.Single(report.Conclusion()).Text);
        Assert.Contains("Heart is large", Assert.Single(report.FindingsAndImpression()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void OfTwoImpressions_TheLastCounts() =>
        Assert.Equal("Edema.", Assert.Single(Report.FromText("IMPRESSION: Clear.\nIMPRESSION: Edema.").Conclusion()).Text.Trim());
}
