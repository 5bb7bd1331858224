using CxrLab.Data;
using CxrLab.Tests.Data.Fixtures;
using Xunit;

namespace CxrLab.Tests.Data;

public class MimicCxrTests
{
    [Fact]
    public void Read_JpgRelease_JoinsStudiesToImages()
    {
        using Tree tree = MimicTree.Write();
        CxrIndex index = MimicCxr.Read(tree.Root, ImageRule.Optional);
        Assert.Equal((5, 2, LabelSet.Mimic14), (index.Count, index.PatientCount, index.Labels));
        Assert.Equal([View.PA, View.Lateral, View.AP, View.Other, View.Unknown], index.Records.Select(record => record.View));
        Assert.Equal(["train", "train", "train", "test", null], index.Records.Select(record => record.PublishedPart));
        Assert.Equal(["chexpert", "chexpert", "chexpert", null, null], index.Records.Select(record => record.LabelMethod));
        CxrRecord frontal = index.Records[0], packed = index.Records[2];
        Assert.Equal((MimicTree.Frontal, "10000032", "50414267", MimicCxr.Name), (frontal.ImageId, frontal.PatientId, frontal.StudyId, frontal.Source));
        Assert.Equal(LabelState.Positive, index.State(frontal, Finding.NoFinding));
        Assert.Same(frontal.Labels, index.Records[1].Labels);
        Assert.Equal(
            (LabelState.Uncertain, LabelState.Positive, LabelState.Negative, LabelState.Negative, LabelState.Positive, LabelState.Missing),
            (index.State(packed, "Atelectasis"), index.State(packed, "Cardiomegaly"), index.State(packed, "Consolidation"), index.State(packed, "Pleural Effusion"), index.State(packed, "Support Devices"), index.State(packed, "Edema")));
        Assert.All(index.Records[3].Labels, state => Assert.Equal(LabelState.Missing, state));
    }

    [Fact]
    public void Read_Files_AreFoundInTheTreeWithReportsBesideTheStudy()
    {
        using Tree tree = MimicTree.Write();
        CxrIndex index = MimicCxr.Read(tree.Root, ImageRule.Optional);
        string study = Path.Combine(tree.Root, "files", "p10", "p10000032");
        Assert.Equal(Path.Combine(study, "s50414267", MimicTree.Frontal + ".jpg"), index.Records[0].ImagePath); // a .dcm lies there too
        Assert.Equal(Path.Combine(study, "s53189527", MimicTree.Packed + ".dcm.gz"), index.Records[2].ImagePath);
        Assert.Null(index.Records[4].ImagePath);
        Assert.Equal(Path.Combine(study, "s50414267.txt"), index.Records[1].ReportPath);
        Assert.Null(index.Records[2].ReportPath);
        Assert.Equal(4, MimicCxr.Read(tree.Root).Count);
    }

    [Fact]
    public void Read_OddRows_AreCountedInTheNotes()
    {
        using Tree tree = MimicTree.Write();
        Assert.Equal(
            ["table mimic-cxr-2.0.0-metadata.csv.gz: 5 rows, 4 images found", "1 rows have no image here",
                "labels by chexpert: 3 studies; 3 studies have images here, of which 1 have no labels", "1 images have no published part", "2 report files found"],
            MimicCxr.Read(tree.Root, ImageRule.Optional).Notes);
    }

    [Fact]
    public void Read_NegBioTable_IsTakenWhereItIsNamed()
    {
        using Tree tree = MimicTree.Write();
        CxrIndex index = MimicCxr.Read(tree.Root, ImageRule.Optional, "mimic-cxr-2.0.0-negbio.csv.gz");
        Assert.Equal(LabelState.Positive, index.State(index.Records[2], "Atelectasis"));
        Assert.Equal([null, null, "negbio", null, null], index.Records.Select(record => record.LabelMethod));
    }

    [Fact]
    public void Read_DicomRelease_HasImagesAndReportsButNoLabels()
    {
        using Tree tree = MimicTree.WriteDicom();
        CxrIndex index = MimicCxr.Read(tree.Root);
        Assert.Equal([MimicTree.Frontal + ".dcm", MimicTree.Packed + ".dcm.gz"], index.Records.Select(record => Path.GetFileName(record.ImagePath)));
        Assert.All(index.Records, record => Assert.DoesNotContain(record.Labels, state => state != LabelState.Missing));
        Assert.Equal("s50414267.txt", Path.GetFileName(index.Records[0].ReportPath));
        Assert.Equal(View.Unknown, index.Records[0].View);
        Assert.Contains(index.Notes, note => note.StartsWith("no label table here", StringComparison.Ordinal));
        Assert.Contains("table cxr-study-list.csv.gz: 3 studies, 2 of them have images here", index.Notes);
        Assert.Throws<ArgumentException>(() => MimicCxr.OfficialSplit(index));
    }

    [Fact]
    public void OfficialSplit_Tree_IsThePublishedOne()
    {
        using Tree tree = MimicTree.Write();
        PatientSplit split = MimicCxr.OfficialSplit(MimicCxr.Read(tree.Root, ImageRule.Optional));
        Assert.Equal((3, 0, 1), (split.Train.Count, split.Validation.Count, split.Test.Count));
    }

    [Theory]
    [InlineData("mimic-cxr-2.0.0-split.csv", "dicom_id,study_id,subject_id,split", "x,1,2,valid", "the split is 'valid'")]
    [InlineData("mimic-cxr-2.0.0-chexpert.csv", MimicTree.Labels, "10000032,50414267,0.5,,,,,,,,,,,,,", "'Atelectasis' is '0.5'")]
    [InlineData("mimic-cxr-2.0.0-metadata.csv", "dicom_id,subject_id,study_id,ViewPosition", "x,,50414267,PA", "subject_id is blank")]
    public void Read_BadRow_NamesFileAndLine(string name, string header, string row, string words)
    {
        using Tree tree = MimicTree.Write();
        File.Delete(tree.At(name + ".gz"));
        tree.Text(name, header, row);
        var error = Assert.Throws<DataFormatException>(() => MimicCxr.Read(tree.Root, ImageRule.Optional));
        Assert.Equal((tree.At(name), 2L), (error.File, error.Line));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StudyOfTwoPatients_IsAnError()
    {
        using Tree tree = MimicTree.Write();
        tree.Text("mimic-cxr-2.0.0-chexpert.csv.gz", MimicTree.Labels, "10000033,50414267,,,,,,,,,1.0,,,,,");
        Assert.Contains("of patient 10000032 here, but of 10000033", Assert.Throws<DataFormatException>(() => MimicCxr.Read(tree.Root, ImageRule.Optional)).Message, StringComparison.Ordinal);
    }
}
