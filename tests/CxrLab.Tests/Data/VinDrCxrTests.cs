using CxrLab.Data;
using CxrLab.Tests.Data.Fixtures;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Data;

public class VinDrCxrTests
{
    [Fact]
    public void Read_KaggleTable_KeepsReadersAndDecidesByMajority()
    {
        CxrIndex index = Read(VinDrFixture.Write);
        CxrRecord a = index.Records[0], b = index.Records[1], c = index.Records[2];
        Assert.Equal(["a", "b", "c"], index.Records.Select(record => record.ImageId));
        Assert.Equal(["Cardiomegaly"], index.Labels.Where((_, k) => a.Labels[k] == LabelState.Positive));
        Assert.Equal(["R8", "R9", "R10"], a.Readings.Select(reading => reading.Reader));
        Assert.Equal(LabelState.Positive, a.Readings[2].Labels[index.Labels.IndexOf("Pleural effusion")]);
        Assert.Equal(new FindingBox("Cardiomegaly", new Box(100, 200, 200, 60), "R8"), a.Boxes[0]);
        Assert.Equal(new FindingBox("Pleural effusion", new Box(10, 20, 30, 40.5), "R10"), a.Boxes[2]);
        Assert.EndsWith("a.dicom", a.ImagePath, StringComparison.Ordinal);
        Assert.EndsWith("b.png", b.ImagePath, StringComparison.Ordinal);
        Assert.Null(c.ImagePath);
        Assert.All(b.Labels, state => Assert.Equal(LabelState.Negative, state));
        Assert.Contains("table train.csv: 10 rows, 3 images", index.Notes);
        Assert.Contains("1 images without a finding by any reader, 2 with one; 1 mix 'No finding' and a finding", index.Notes);
        Assert.Contains("1 images have no file here", index.Notes);
    }

    [Fact]
    public void WithLabels_AnyReader_AddsTheSingleOpinionAndSaysSo()
    {
        CxrIndex any = Read(VinDrFixture.Write).WithLabels(new AnyReader());
        Assert.Equal(["Cardiomegaly", "Pleural effusion"], any.Labels.Where((_, k) => any.Records[0].Labels[k] == LabelState.Positive));
        Assert.Equal("labels by consensus: any reader", any.Notes[^1]);
    }

    [Fact]
    public void WithBoxes_WeightedFusion_JoinsTheTwoHeartsAndSaysSo()
    {
        CxrIndex fused = Read(VinDrFixture.Write).WithBoxes(new WeightedBoxFusion());
        Assert.Equal(new FindingBox("Cardiomegaly", new Box(105, 200, 200, 60)), fused.Records[0].Boxes[0]);
        Assert.Equal("5 boxes fused to 4: weighted boxes fusion at IoU 0.55", fused.Notes[^1]);
    }

    [Fact]
    public void RaterStatistics_KaggleTable_CountsRowsAsTheTableDoes()
    {
        var raters = new RaterStatistics(Read(VinDrFixture.Write));
        Assert.Equal(new RaterTotal("R1", 1, 2, 2, 0.2), raters.Readers.Single(reader => reader.Reader == "R1"));
        Assert.Equal(10, raters.Readers.Sum(reader => reader.Rows));
        Assert.Equal((2, 1, 2, 5), (raters.RowsPerClass["Cardiomegaly"], raters.RowsPerClass["Pleural effusion"], raters.RowsPerClass["Nodule/Mass"], raters.RowsPerClass[Finding.NoFinding]));
        Assert.Equal(new RaterAgreement(2, 1, 1), raters.Agreement("R8", "R9", "Cardiomegaly"));
        Assert.Equal(new RaterAgreement(2, 0.5, 0), raters.Agreement("R8", "R10", "Cardiomegaly"));
        Assert.Equal(0, raters.Agreement("R1", "R9", "Cardiomegaly").Images);
    }

    [Fact]
    public void Read_PhysioNet_TakesGlobalLabelsFromTheLabelTable()
    {
        CxrIndex index = Read(VinDrFixture.WritePhysioNet);
        Assert.Equal(["Cardiomegaly", "Tuberculosis"], index.Labels);
        Assert.Equal([LabelState.Negative, LabelState.Positive], index.Records.Single().Labels);
        Assert.Equal("R8", index.Records.Single().Boxes.Single().Reader);
    }

    [Theory]
    [InlineData("a,Cardiomegaly,4,R1,1,1,2,2", "class_id 4")]
    [InlineData("a,Heart,3,R1,1,1,2,2", "'Heart'")]
    [InlineData("a,Cardiomegaly,3,R1,5,1,2,2", "corners")]
    [InlineData("a,Cardiomegaly,3,R1,,,,", "number of pixels")]
    [InlineData("a,No finding,14,R1,1,1,2,2", "can't have a box")]
    [InlineData("a,Cardiomegaly,3", "cut off")]
    [InlineData(",Cardiomegaly,3,R1,1,1,2,2", "blank")]
    public void Read_BadRow_NamesFileAndLine(string row, string found) => Failure.Names(
        () => Read(root => FixtureFile.Text(root, "train.csv", VinDrFixture.Header + "a,No finding,14,R2,,,,\n" + row + "\n")), "train.csv", "line 3", found);

    [Fact]
    public void Read_BoxWithoutArea_KeepsTheLabelOnly()
    {
        CxrIndex index = Read(root => FixtureFile.Text(root, "train.csv", VinDrFixture.Header + "a,Cardiomegaly,3,R1,5,5,5,9\n"));
        Assert.Empty(Assert.Single(index.Records).Boxes);
        Assert.Equal(1, index.Totals()[3].Positive);
        Assert.Contains("1 boxes have no area and are left out; their label stays", index.Notes);
    }

    [Fact]
    public void Read_ImagesRequired_LeavesOutAndCounts()
    {
        CxrIndex index = Read(VinDrFixture.Write, ImageRule.Required);
        Assert.Equal(2, index.Count);
        Assert.Contains("1 images have no file here", index.Notes);
    }

    private static CxrIndex Read(Action<string> write, ImageRule rule = ImageRule.Optional)
    {
        using var folder = new TempFolder();
        write(folder.Root());
        return VinDrCxr.Read(folder.Root(), rule);
    }
}
