using System.IO.Compression;
using CxrLab.Data;
using CxrLab.Tests.Data.Fixtures;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Data;

public class CovidxTests
{
    [Fact]
    public void Read_8B_ParsesFromTheRight()
    {
        using var folder = new TempFolder();
        CovidxFixture.Write(folder.Root());
        CxrIndex index = Covidx.Read(folder.Root(), ImageRule.Optional);
        Assert.Equal(["COVID-19"], index.Labels);
        Assert.Equal(
            [("7", "seven.png", "rsna", "train"), ("COVID 1", "COVID(1).png", "sirm", "train"), ("9", "nine.jpg", "cohen", "train"), ("12", "twelve.png", null, "test"), ("13", "thirteen.png", null, "test")],
            index.Records.Select(record => (record.PatientId, record.ImageId, record.Origin, record.PublishedPart)));
        Assert.Equal((3, 2), (index.Totals()[0].Positive, index.Totals()[0].Negative));
        foreach (string note in new[] { "2 lines name no source", "1 patient ids hold a space", "1 lines repeat an image and count once; 0 of them stand in another part than before, which leaks", "1 of 6 lines have no image here" })
            Assert.Contains(note, index.Notes);
        Assert.Equal(4, Covidx.Read(folder.Root()).Count);
        Assert.Equal(2, Covidx.Read(folder.Root(), table: "labels/test_COVIDx8B.txt").Count);
    }

    [Fact]
    public void OfficialSplit_8B_TestsOnTheTestList()
    {
        using var folder = new TempFolder();
        CovidxFixture.Write(folder.Root());
        PatientSplit split = Covidx.OfficialSplit(Covidx.Read(folder.Root(), ImageRule.Optional), validation: 0);
        Assert.Equal((3, 0, 2), (split.Train.Count, split.Validation.Count, split.Test.Count));
    }

    [Theory]
    [InlineData("1 a.png normal rsna\n2 b.png pneumonia rsna\n3 c.png COVID-19\n", new[] { CovidLabels.OtherPneumonia, CovidLabels.Covid }, new[] { 1, 1 })]
    [InlineData("1 a.png level1 rsna\n2 b.png level2 rsna\n", new[] { CovidLabels.Level2 }, new[] { 1 })]
    public void Read_OtherVersion_HasItsOwnLabels(string list, string[] labels, int[] positive)
    {
        CxrIndex index = List(list);
        Assert.Equal(labels, index.Labels);
        Assert.Equal(positive, index.Totals().Select(total => total.Positive));
        Assert.All(index.Records[0].Labels, state => Assert.Equal(LabelState.Negative, state));
    }

    [Theory]
    [InlineData("1 a.png positive x\n2 b.png maybe x\n", "line 2", "'2 b.png maybe x'")]
    [InlineData("1 a.png positive x\n2 b.png normal x\n", "line 2", "another version")]
    [InlineData("1 a.png positive x\n\n1 a.png negative x\n", "line 3", "was 'positive' before")]
    [InlineData("a.png positive\n", "line 1", "patient file class")]
    public void Read_BadLine_NamesFileAndLine(string list, string line, string found) => Failure.Names(() => List(list), "train_COVIDx9A.txt", line, found);

    [Fact]
    public void Read_ImageInTrainAndTest_CountsOnceAndSaysThatItLeaks()
    {
        using var folder = new TempFolder();
        FixtureFile.Text(folder.Root(), "train_COVIDx9A.txt", "1 a.png normal x\n1 a.png normal x\n2 b.png normal x\n");
        FixtureFile.Text(folder.Root(), "test_COVIDx9A.txt", "1 a.png normal x\n");
        CxrIndex index = Covidx.Read(folder.Root(), ImageRule.Optional);
        Assert.Equal(["train", "train"], index.Records.Select(record => record.PublishedPart));
        Assert.Contains("2 lines repeat an image and count once; 1 of them stand in another part than before, which leaks", index.Notes);
    }

    [Fact]
    public void Severity_RepeatedImage_FirstRowStays()
    {
        using var folder = new TempFolder();
        FixtureFile.Text(folder.Root(), "severity_annotations.csv", CovidxSeverityFixture.Header + "a.png,1,1,,,1,x,,,,,\na.png,2,2,,,1,x,,,,,\n");
        CxrIndex index = CovidxSeverity.Read(folder.Root(), ImageRule.Optional);
        Assert.Equal(1, Assert.Single(index.Records).Severity!.Geographic);
        Assert.Contains("1 rows repeat an image and are left out; the first stays", index.Notes);
    }

    [Fact]
    public void Ct_SliceOfTwoParts_CountsOnceAndSaysSo()
    {
        using var folder = new TempFolder();
        FixtureFile.Text(folder.Root(), "train_COVIDx_CT-2B.txt", "b_1.png 0 1 1 2 2\n");
        FixtureFile.Text(folder.Root(), "test_COVIDx_CT-2B.txt", "b_1.png 0 1 1 2 2\nb_2.png 0 1 1 2 2\n");
        CxrIndex index = CovidxCt.Read(folder.Root(), ImageRule.Optional);
        Assert.Equal(["train", "test"], index.Records.Select(record => record.PublishedPart));
        Assert.Contains("1 lines repeat a slice and are left out; 1 of them stand in another part than before", index.Notes);
    }

    [Fact]
    public void Read_TwoVersions_AsksForOne()
    {
        using var folder = new TempFolder();
        CovidxFixture.Write(folder.Root());
        FixtureFile.Text(folder.Root(), "labels/train_COVIDx5.txt", "1 a.png normal\n");
        Failure.Names(() => Covidx.Read(folder.Root(), ImageRule.Optional), "COVIDx5, COVIDx8B", "--table");
        Assert.Equal(1, Covidx.Read(folder.Root(), ImageRule.Optional, "COVIDx5").Count);
        Failure.Names(() => Covidx.Read(folder.Root(), ImageRule.Optional, "COVIDx6"), "'COVIDx6'");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_GzippedList_IsReadAsPlainUnlessCut(bool cut)
    {
        using var folder = new TempFolder();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(i => FormattableString.Invariant($"{i} {i * 7919L % 10007}-{i}.png positive cohen\n")))));
        byte[] bytes = packed.ToArray();
        File.WriteAllBytes(folder.File("train_COVIDx8B.txt.gz"), cut ? bytes[..(bytes.Length / 2)] : bytes);
        if (cut) Failure.Names(() => Covidx.Read(folder.Root(), ImageRule.Optional), "train_COVIDx8B.txt.gz", "line ");
        else Assert.Equal(3000, Covidx.Read(folder.Root(), ImageRule.Optional).Count);
    }

    [Fact]
    public void Severity_Table_KeepsUnscoredRows()
    {
        using var folder = new TempFolder();
        CovidxSeverityFixture.Write(folder.Root());
        CxrIndex index = CovidxSeverity.Read(folder.Root(), ImageRule.Optional);
        Assert.Equal(new SeverityScore(3.6666666667, 2.3333333333), index.Records[0].Severity);
        Assert.Equal([("19", 65.0, Sex.Male, View.PA, "cohen"), ("two.png", null, Sex.Unknown, View.AP, "actmed"), ("21", (double?)null, Sex.Female, View.Lateral, "fig1")],
            index.Records.Select(record => (record.PatientId, record.Age, record.Sex, record.View, record.Origin!)));
        Assert.Null(index.Records[2].Severity);
        Assert.Equal([LabelState.Positive, LabelState.Positive, LabelState.Missing], index.Records.Select(record => record.Labels[0]));
        Assert.Contains("table severity_annotations.csv: 3 rows, 2 scored, 1 without scores", index.Notes);
        Assert.Equal(2, CovidxSeverity.Read(folder.Root()).Count);
    }

    [Theory]
    [InlineData("a.png,9,1,,,1,x,,,,,", "from 0 to 8")]
    [InlineData("a.png,,1,,,1,x,,,,,", "only one of")]
    [InlineData("a.png,many,1,,,1,x,,,,,", "'many'")]
    public void Severity_BadRow_NamesFileAndLine(string row, string found)
    {
        using var folder = new TempFolder();
        FixtureFile.Text(folder.Root(), "severity_annotations.csv", CovidxSeverityFixture.Header + row + "\n");
        Failure.Names(() => CovidxSeverity.Read(folder.Root(), ImageRule.Optional), "severity_annotations.csv", "line 2", found);
    }

    [Fact]
    public void Ct_Lists_GroupSlicesByPatientAndScan()
    {
        using var folder = new TempFolder();
        CovidxCtFixture.Write(folder.Root());
        CxrIndex index = CovidxCt.Read(folder.Root(), ImageRule.Optional);
        Assert.Equal([("NCP_96", "NCP_96_1328", 32), ("NCP_96", "NCP_96_1328", 33), ("NCP_96", "NCP_96_1329", 1), ("Normal_7", "Normal_7_0", 5), ("volume-8", "volume-8", 17)],
            index.Records.Select(record => (record.PatientId, record.Slice!.Value.Scan, record.Slice.Value.Number)));
        Assert.Equal(new Box(9, 94, 503, 311), index.Records[0].Boxes.Single().Box);
        Assert.Equal([1, 3], index.Totals().Select(total => total.Positive));
        Assert.Equal((3, 2), (index.PatientCount, CovidxCt.Read(folder.Root()).Count));
    }

    [Theory]
    [InlineData("a_1.png 3 1 1 2 2", "class 3")]
    [InlineData("a_1.png 2 1 1 1 2", "greater")]
    [InlineData("a_1.png 2 1 1 2", "5 fields")]
    [InlineData("a.png 2 1 1 2 2", "slice number")]
    [InlineData("a_1.png x 1 1 2 2", "'x'")]
    public void Ct_BadLine_NamesFileAndLine(string line, string found)
    {
        using var folder = new TempFolder();
        FixtureFile.Text(folder.Root(), "train_COVIDx_CT-2B.txt", "b_1.png 0 1 1 2 2\n" + line + "\n");
        Failure.Names(() => CovidxCt.Read(folder.Root(), ImageRule.Optional), "train_COVIDx_CT-2B.txt", "line 2", found);
    }

    private static CxrIndex List(string text)
    {
        using var folder = new TempFolder();
        FixtureFile.Text(folder.Root(), "train_COVIDx9A.txt", text);
        return Covidx.Read(folder.Root(), ImageRule.Optional);
    }
}
