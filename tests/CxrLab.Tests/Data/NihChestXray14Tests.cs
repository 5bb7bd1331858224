using System.IO.Compression;
using CxrLab.Data;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Data;

public class NihChestXray14Tests
{
    private const string Header2020 = "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y]\n";
    private const string Row = "00000001_000.png,Cardiomegaly|Pleural_Thickening,0,1,57,M,PA,2682,2749,0.143,0.143\n";

    [Fact]
    public void Read_Table2020_GivesStatesViewAgeAndSex()
    {
        CxrRecord record = Table(Header2020 + Row).Records.Single();
        Assert.Equal(("1", 57.0, Sex.Male, View.PA, 0), (record.PatientId, record.Age, record.Sex, record.View, record.FollowUp));
        Assert.Equal(["Cardiomegaly", "Pleural_Thickening"], LabelSet.Nih14.Where((_, k) => record.Labels[k] == LabelState.Positive));
        Assert.DoesNotContain(LabelState.Missing, record.Labels);
    }

    [Fact]
    public void Read_Table2017_ReadsAgesWithUnitsAndDropsImpossibleOnes()
    {
        const string header = "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y],\n";
        CxrIndex index = Table(header + "a.png,No Finding,0,1,058Y,F,AP,1,1,1,1,\nb.png,No Finding,0,2,414Y,F,AP,1,1,1,1,\nc.png,No Finding,0,3,006M,F,AP,1,1,1,1,\n", name: "Data_Entry_2017.csv");
        Assert.Equal([58.0, null, 0.5], index.Records.Select(record => record.Age));
        Assert.Contains(index.Notes, note => note.StartsWith("1 ages", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Image Index,Finding Label,Bbox [x,y,w,h],,,\n")]
    [InlineData("Image Index,Finding Label,Bbox [x,y,w,h]\n")]
    public void Read_EitherBoxHeader_FindsTheBox(string header)
    {
        CxrIndex index = Table(Header2020 + Row, boxes: header + "00000001_000.png,Infiltrate,1.5,2,30,40\n");
        Assert.Equal(new FindingBox(Finding.Infiltration, new Box(1.5, 2, 30, 40)), index.Records.Single().Boxes.Single());
    }

    [Theory]
    [InlineData("00000001_000.png,Cardiomegalie,0,1,57,M,PA,1,1,1,1\n", "line 2", "Cardiomegalie")]
    [InlineData("00000001_000.png,Mass\n", "line 2", "cut off")]
    public void Read_BadRow_NamesFileAndLine(string row, string place, string found)
    {
        var error = Assert.Throws<DataFormatException>(() => Table(Header2020 + row));
        Assert.Contains("Data_Entry_2017_v2020.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingColumn_NamesItAndTheHeader()
    {
        var error = Assert.Throws<DataFormatException>(() => Table("Image Index,Follow-up #\nx.png,0\n"));
        Assert.Contains("'Finding Labels'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutGzip_SaysSo()
    {
        using var folder = new TempFolder();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Header2020 + string.Concat(Enumerable.Range(0, 3000).Select(i => Row.Replace("00000001", i.ToString("D8", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)))));
        File.WriteAllBytes(folder.File("Data_Entry_2017_v2020.csv.gz"), packed.ToArray()[..(int)(packed.Length / 2)]);
        Assert.Throws<DataFormatException>(() => NihChestXray14.Read(Path.GetDirectoryName(folder.File("x"))!, ImageRule.Optional));
    }

    [Fact]
    public void Read_NoImages_IsAnErrorOnlyWhereTheyAreRequired()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("Data_Entry_2017_v2020.csv"), Header2020 + Row);
        string root = Path.GetDirectoryName(folder.File("x"))!;
        Assert.Throws<DataFormatException>(() => NihChestXray14.Read(root));
        Assert.Null(NihChestXray14.Read(root, ImageRule.Optional).Records.Single().ImagePath);
    }

    [Fact]
    public void Read_WholePublishedTable_HasThePublishedCounts()
    {
        string root = RealData.Require("nih");
        CxrIndex index = NihChestXray14.Read(root, ImageRule.Optional);
        Assert.Equal((112_120, 30_805), (index.Count, index.PatientCount));
        Dictionary<string, int> totals = index.Totals().ToDictionary(total => total.Finding, total => total.Positive);
        Assert.Equal((1_431, 227, 13_317), (totals["Pneumonia"], totals["Hernia"], totals["Effusion"]));
        Assert.Equal(60_361, index.Records.Count(record => record.Labels.All(state => state == LabelState.Negative)));
        Assert.Equal((984, 880), (index.Records.Sum(record => record.Boxes.Count), index.Records.Count(record => record.Boxes.Count > 0)));
        PatientSplit official = NihChestXray14.OfficialSplit(index, root);
        Assert.Equal((25_596, 2_797), (official.Test.Count, official.Test.PatientCount));
        Assert.Equal(86_524, official.Train.Count + official.Validation.Count);
    }

    private static CxrIndex Table(string text, string? boxes = null, string name = "Data_Entry_2017_v2020.csv")
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File(name), text);
        if (boxes is not null) File.WriteAllText(folder.File("BBox_List_2017.csv"), boxes);
        return NihChestXray14.Read(Path.GetDirectoryName(folder.File("x"))!, ImageRule.Optional);
    }
}
