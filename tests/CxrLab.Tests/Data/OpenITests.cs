using CxrLab.Data;
using CxrLab.Tests.Data.Fixtures;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Data;

public class OpenITests
{
    [Fact]
    public void Read_Reports_GiveOneRecordPerImageAndExactCounts()
    {
        using var folder = new TempFolder();
        OpenIFixture.Write(folder.Root());
        CxrIndex index = OpenI.Read(folder.Root(), ImageRule.Optional);
        Assert.Equal([("CXR1_1_IM-0001-3001", "CXR1"), ("CXR1_1_IM-0001-4001", "CXR1"), ("CXR2_IM-0652-1001", "CXR2"), ("CXR4_IM-2050-1001", "CXR4")],
            index.Records.Select(record => (record.ImageId, record.PatientId)));
        Assert.Contains("4 reports, 4 image links", index.Notes);
        Assert.Contains("reports by number of images: 0: 1, 1: 2, 2: 1", index.Notes);
        Assert.Contains("0 reports have no findings section, 4 no impression; those without image make no record", index.Notes);
        Assert.Contains("2 links have no image here", index.Notes);
        Assert.Equal(2, OpenI.Read(Path.Combine(folder.Root())).Count);
        Assert.Equal(4, OpenI.Read(Path.Combine(folder.Root(), "ecgen-radiology"), ImageRule.Optional).Count);
    }

    [Fact]
    public void Read_Labels_ComeFromTheCoding()
    {
        using var folder = new TempFolder();
        OpenIFixture.Write(folder.Root());
        CxrIndex index = OpenI.Read(folder.Root(), ImageRule.Optional);
        string[] With(int record, LabelState state) => [.. index.Labels.Where((_, k) => index.Records[record].Labels[k] == state)];
        Assert.Equal(14, With(0, LabelState.Negative).Length);
        Assert.Equal([Finding.Cardiomegaly, Finding.PleuralThickening, Finding.Hernia], With(2, LabelState.Positive));
        Assert.Equal([Finding.Edema], With(2, LabelState.Uncertain));
        Assert.Equal(10, With(2, LabelState.Negative).Length);
        Assert.Equal([Finding.Pneumonia], With(3, LabelState.Uncertain));
        Assert.Equal(13, With(3, LabelState.Missing).Length);
    }

    [Fact]
    public void Reports_Sections_KeepTextAndLeaveOutEmptyOnes()
    {
        using var folder = new TempFolder();
        OpenIFixture.Write(folder.Root());
        OpenIReport report = OpenI.Reports(folder.Root()).First();
        Assert.Equal([("COMPARISON", "None."), ("FINDINGS", "The heart is < 15 cm.")], report.Sections);
        Assert.Null(report.Section("IMPRESSION"));
        Assert.Equal(["normal"], report.Major);
    }

    [Theory]
    [InlineData("<eCitation>\n<uId id=\"CXR9\"/>\n<MeSH>\n</eCitation>", "line 4")]
    [InlineData("<!DOCTYPE eCitation [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<eCitation><uId id=\"CXR9\"/></eCitation>", "line 1")]
    [InlineData("<report/>", "expected eCitation")]
    [InlineData("<eCitation>\n<parentImage/></eCitation>", "line 2")]
    [InlineData("<eCitation>\n</eCitation>", "no uId")]
    [InlineData("", "line ")]
    public void Read_DamagedOrHostileReport_NamesFileAndPlace(string xml, string found)
    {
        using var folder = new TempFolder();
        FixtureFile.Text(folder.Root(), "9.xml", xml);
        Failure.Names(() => OpenI.Read(folder.Root(), ImageRule.Optional), "9.xml", found);
    }

    [Fact]
    public void Read_HugeReport_IsRefused()
    {
        using var folder = new TempFolder();
        FixtureFile.Text(folder.Root(), "9.xml", OpenIFixture.Report("CXR9", [new string('x', 2 << 20)], []));
        Failure.Names(() => OpenI.Read(folder.Root(), ImageRule.Optional), "9.xml");
    }

    [Fact]
    public void Read_ImageOfTwoReports_StaysWithTheFirstAndIsCounted()
    {
        using var folder = new TempFolder();
        FixtureFile.Text(folder.Root(), "1.xml", OpenIFixture.Report("CXR1", ["normal"], [], "same"));
        FixtureFile.Text(folder.Root(), "2.xml", OpenIFixture.Report("CXR2", ["normal"], [], "same"));
        CxrIndex index = OpenI.Read(folder.Root(), ImageRule.Optional);
        Assert.Equal("CXR1", Assert.Single(index.Records).PatientId);
        Assert.Contains("2 reports, 2 image links", index.Notes);
        Assert.Contains(index.Notes, note => note.StartsWith("1 links name an image that an earlier report has", StringComparison.Ordinal));
    }
}
