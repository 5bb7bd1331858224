using System.IO.Compression;
using CxrLab.Data;
using CxrLab.Tests.Data.Fixtures;
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
    public void Read_GzipUnderAPlainName_IsReadAndPlainTextUnderGzNamed()
    {
        using var tree = new Tree();
        tree.Bytes("Data_Entry_2017_v2020.csv", Tree.Packed(System.Text.Encoding.UTF8.GetBytes(Header2020 + Row)));
        Assert.Equal(1, NihChestXray14.Read(tree.Root, ImageRule.Optional).Count);
        tree.Bytes("plain.csv.gz", System.Text.Encoding.UTF8.GetBytes(Header2020 + Row));
        Assert.Contains("take .gz off the name", Assert.Throws<DataFormatException>(() => NihChestXray14.Read(tree.Root, ImageRule.Optional, "plain.csv.gz")).Message, StringComparison.Ordinal);
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
        Assert.Equal((11_559, 67_310, 44_810), (totals["Atelectasis"], index.Records.Count(record => record.View == View.PA), index.Records.Count(record => record.View == View.AP)));
        PatientSplit official = NihChestXray14.OfficialSplit(index, root);
        Assert.Equal((25_596, 2_797), (official.Test.Count, official.Test.PatientCount));
        Assert.Equal(86_524, official.Train.Count + official.Validation.Count);
        Assert.Equal(28_008, official.Train.PatientCount + official.Validation.PatientCount);
        HashSet<string> tested = [.. official.Test.Records.Select(record => record.PatientId)];
        Assert.DoesNotContain(official.Train.Records.Concat(official.Validation.Records), record => tested.Contains(record.PatientId));
        Assert.Equal(880, official.Test.Records.Count(record => record.Boxes.Count > 0)); // no box is for training
    }

    [Fact]
    public void Read_KaggleFolders_FindImagesBoxesAndLists()
    {
        using Tree tree = NihTree.Write();
        CxrIndex index = NihChestXray14.Read(tree.Root);
        Assert.Equal(["00000001_000.png", "00000001_001.png", "00000002_000.png", "00000004_000.png", "00000005_000.png"], index.Records.Select(record => record.ImageId));
        Assert.Equal([58.0, 58.0, null, 73 / 365.25, 82.0], index.Records.Select(record => record.Age));
        Assert.Equal([Finding.Cardiomegaly, Finding.Infiltration], index.Records.SelectMany(record => record.Boxes).Select(box => box.Finding));
        Assert.Equal((12, 8), (index.Records[1].ReadImage().Width, index.Records[1].ReadImage().Height)); // RGBA
        PatientSplit official = NihChestXray14.OfficialSplit(NihChestXray14.Read(tree.Root, ImageRule.Optional), tree.Root, validation: 0);
        Assert.Equal((4, 2), (official.Train.Count, official.Test.Count)); // Windows line ends, no final newline
        Assert.Equal(["table Data_Entry_2017.csv: 6 rows, 5 images found", "1 rows have no image here and are left out",
            "1 ages are above 120 years or unreadable and count as unknown", "2 of 2 boxes belong to images read"], index.Notes);
    }

    [Fact]
    public void Read_EightFindingView_HidesTheLaterSix()
    {
        using Tree tree = NihTree.Write();
        CxrIndex index = NihChestXray8.Read(tree.Root, ImageRule.Optional);
        Assert.Equal((NihChestXray8.Name, LabelSet.Nih8, 6), (index.Name, index.Labels, index.Count));
        Assert.Equal([Finding.Cardiomegaly], index.Labels.Where((_, k) => index.Records[1].Labels[k] == LabelState.Positive)); // beside Emphysema
        Assert.All(index.Records[3].Labels, state => Assert.Equal(LabelState.Negative, state)); // Hernia and Pleural_Thickening
        Assert.All(index.Records, record => Assert.Equal(NihChestXray8.Name, record.Source));
    }

    [Fact]
    public void Read_WholePublishedTable_EightFindingView()
    {
        CxrIndex index = NihChestXray8.Read(RealData.Require("nih"), ImageRule.Optional);
        Assert.Equal([11_559, 2_776, 13_317, 19_894, 5_782, 6_331, 1_431, 5_302], index.Totals().Select(total => total.Positive));
    }

    [Theory]
    [InlineData("00000001_000.png,Mass,0,1,57,M,PA,1,1,1,1\n00000001_000.png,Mass,0,1,57,M,PA,1,1,1,1\n", 3, "a second time")]
    [InlineData("00000001_000.png,Mass,0,,57,M,PA,1,1,1,1\n", 2, "the patient is blank")]
    [InlineData("00000001_000.png,\"Mass,0,1,57,M,PA,1,1,1,1\n", 2, "never closed")]
    public void Read_DamagedRow_NamesItsLine(string rows, long line, string words)
    {
        var error = Assert.Throws<DataFormatException>(() => Table(Header2020 + rows));
        Assert.Equal(line, error.Line);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ColumnTwice_NamesIt()
    {
        var error = Assert.Throws<DataFormatException>(() => Table(Header2020.Replace("View Position", "Patient Age", StringComparison.Ordinal) + Row));
        Assert.Equal(1, error.Line);
        Assert.Contains("'Patient Age' stands twice", error.Message, StringComparison.Ordinal);
    }

    private static CxrIndex Table(string text, string? boxes = null, string name = "Data_Entry_2017_v2020.csv")
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File(name), text);
        if (boxes is not null) File.WriteAllText(folder.File("BBox_List_2017.csv"), boxes);
        return NihChestXray14.Read(Path.GetDirectoryName(folder.File("x"))!, ImageRule.Optional);
    }
}
