using CxrLab.Phantom;
using CxrLab.Reports;
using Xunit;

namespace CxrLab.Tests.Phantom;

public sealed class PhantomReportTests
{
    private static readonly IReadOnlyList<(PhantomImage Image, PhantomReport Report)> Reports =
        [.. PhantomCohort.Draw(new PhantomOptions { Count = 160, Seed = 4, UncertaintyRate = 0.15, MissingRate = 0.3 }).Select(one => ChestPhantom.Render(one, 64)).Select(image => (image, PhantomReport.Write(image)))];

    [Fact]
    public void Write_SameImage_SameWords() => Assert.Equal(Reports[0].Report.Text, PhantomReport.Write(Reports[0].Image).Text);

    [Fact]
    public void Write_ManyImages_VariesItsWords() => Assert.True(Reports.Select(pair => pair.Report.Findings).Distinct().Count() > 120);

    [Fact]
    public void Write_NihLabeler_ReadsTheTruth()
    {
        var labeler = new ReportLabeler(LabelScheme.Nih);
        int hit = 0, missed = 0, alarm = 0;
        var wrong = new List<string>();
        foreach ((PhantomImage image, PhantomReport report) in Reports)
        {
            LabeledReport read = labeler.Label(report.Text);
            foreach (string finding in LabelSet.Nih14)
            {
                bool said = image.Label(finding) == LabelState.Positive, found = read[finding] == LabelState.Positive;
                if (said && found) hit++;
                else if (said) missed++;
                else if (found) alarm++;
                if (said != found) wrong.Add($"{finding}: {report.Findings} {report.Impression}");
            }
        }

        double f1 = 2.0 * hit / (2 * hit + missed + alarm);
        TestContext.Current.TestOutputHelper?.WriteLine($"F1 {f1:F3}: {hit} found, {missed} missed, {alarm} false");
        Assert.True(hit > 100);
        Assert.True(f1 > 0.97, $"F1 {f1:F3}; {string.Join('\n', wrong.Take(8))}");
    }

    [Fact]
    public void Write_UncertainFindings_AreReadAsDoubt()
    {
        var labeler = new ReportLabeler(LabelScheme.Nih);
        int doubted = 0, read = 0;
        foreach ((PhantomImage image, PhantomReport report) in Reports)
        {
            foreach (string finding in LabelSet.Nih14.Where(finding => image.Label(finding) == LabelState.Uncertain))
            {
                doubted++;
                if (labeler.Label(report.Text)[finding] == LabelState.Uncertain) read++;
            }
        }

        Assert.True(doubted > 15);
        Assert.True(read >= 0.9 * doubted, $"{read} of {doubted}");
    }

    [Fact]
    public void Write_MissingFinding_IsNotMentioned()
    {
        PhantomCase one = PhantomTestTools.Case(2, View.PA) with { Faults = [.. Findings.All.Select(finding => new LabelFault(finding, LabelFaultKind.Missing))] };
        Assert.Equal("", PhantomReport.Write(ChestPhantom.Render(one, 64)).Findings);
    }
}
