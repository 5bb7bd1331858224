using CxrLab.Data;
using CxrLab.Tests.Data.Fixtures;
using Xunit;

namespace CxrLab.Tests.Data;

public class CheXpertTests
{
    [Fact]
    public void Read_TableAlone_GivesEveryRowWithItsStates()
    {
        using Tree tree = CheXpertTree.Write();
        CxrIndex index = CheXpert.Read(tree.Root, ImageRule.Optional);
        Assert.Equal((7, 5, LabelSet.CheXpert14), (index.Count, index.PatientCount, index.Labels));
        Assert.Equal([View.AP, View.PA, View.Lateral, View.Other, View.Other, View.AP, View.AP], index.Records.Select(record => record.View));
        Assert.Equal([68.0, 87, 87, 83, null, 40, 73], index.Records.Select(record => record.Age));
        Assert.Equal([Sex.Female, Sex.Female, Sex.Female, Sex.Female, Sex.Male, Sex.Unknown, Sex.Male], index.Records.Select(record => record.Sex));
        Assert.Equal(
            [LabelState.Missing, LabelState.Missing, LabelState.Uncertain, LabelState.Positive, LabelState.Missing, LabelState.Uncertain, LabelState.Uncertain,
                LabelState.Missing, LabelState.Uncertain, LabelState.Missing, LabelState.Uncertain, LabelState.Missing, LabelState.Positive, LabelState.Missing],
            index.Records[1].Labels);
        LabelTotal none = index.Totals().Single(total => total.Finding == Finding.NoFinding);
        Assert.Equal(new LabelTotal(Finding.NoFinding, 1, 1, 0, 5), none);
    }

    [Fact]
    public void Read_Path_GivesImagePatientStudyAndPart()
    {
        using Tree tree = CheXpertTree.Write();
        CxrIndex index = CheXpert.Read(tree.Root, ImageRule.Optional);
        CxrRecord lateral = index.Records[2], valid = index.Records[6];
        Assert.Equal(("train/patient00002/study2/view2_lateral.jpg", "patient00002", "patient00002/study2", "train", CheXpert.Name),
            (lateral.ImageId, lateral.PatientId, lateral.StudyId, lateral.PublishedPart, lateral.Source));
        Assert.Equal(tree.At(Path.Combine(CheXpertTree.Folder, "train", "patient00002", "study2", "view2_lateral.jpg")), lateral.ImagePath);
        Assert.Equal(16, lateral.ReadImage().Width);
        Assert.Equal("valid", valid.PublishedPart);
        Assert.Null(index.Records[3].ImagePath);
    }

    [Fact]
    public void Read_OddRows_AreCountedInTheNotes()
    {
        using Tree tree = CheXpertTree.Write();
        Assert.Equal(
            ["table train.csv: 6 rows, table valid.csv.gz: 1 rows, 4 images found", "3 rows have no image here",
                "1 images are 'Frontal' with projection LL; their view counts as Other", "1 images are 'Frontal' with projection RL; their view counts as Other",
                "1 ages are 0 or above 120 and count as unknown", "1 images have sex Unknown"],
            CheXpert.Read(tree.Root, ImageRule.Optional).Notes);
    }

    [Fact]
    public void Read_ImagesRequired_KeepsThoseThatAreThere()
    {
        using Tree tree = CheXpertTree.Write();
        CxrIndex index = CheXpert.Read(tree.Root);
        Assert.Equal(4, index.Count);
        Assert.All(index.Records, record => Assert.True(File.Exists(record.ImagePath)));
        Assert.Contains("3 rows have no image here and are left out", index.Notes);
    }

    [Fact]
    public void Read_FolderItselfOrOneTable_IsTheSame()
    {
        using Tree tree = CheXpertTree.Write();
        Assert.Equal(7, CheXpert.Read(tree.At(CheXpertTree.Folder), ImageRule.Optional).Count);
        Assert.Equal(6, CheXpert.Read(tree.Root, ImageRule.Optional, "train.csv").Count);
        Assert.Equal(6, CheXpert.Read(tree.Root, ImageRule.Optional, CheXpertTree.Folder + "/train.csv").Count);
        Assert.Equal(1, CheXpert.Read(tree.Root, ImageRule.Optional, tree.At(CheXpertTree.Folder + "/valid.csv.gz")).Count);
    }

    [Fact]
    public void Read_ColumnsInTheLabelersOrder_AreFoundByName()
    {
        using var tree = new Tree();
        tree.Text("CheXpert-v1.0/train.csv", CheXpertTree.Header.Replace("Lung Opacity,Lung Lesion", "Lung Lesion,Lung Opacity", StringComparison.Ordinal),
            "CheXpert-v1.0/train/patient00001/study1/view1_frontal.jpg,Male,5,Frontal,AP,,,,1.0,0.0,,,,,,,,,");
        CxrIndex index = CheXpert.Read(tree.Root, ImageRule.Optional);
        Assert.Equal((LabelState.Positive, LabelState.Negative), (index.State(index.Records[0], "Lung Lesion"), index.State(index.Records[0], "Lung Opacity")));
    }

    [Fact]
    public void OfficialSplit_Tree_TestsOnValid()
    {
        using Tree tree = CheXpertTree.Write();
        PatientSplit split = CheXpert.OfficialSplit(CheXpert.Read(tree.Root, ImageRule.Optional), seed: 1, validation: 0.25);
        Assert.Equal((6, 1), (split.Train.Count + split.Validation.Count, split.Test.Count));
        Assert.Equal(1, split.Validation.PatientCount);
    }

    [Theory]
    [InlineData("CheXpert-v1.0/train/patient1/study1/a.jpg,Male,5,Frontal,AP,2.0,,,,,,,,,,,,,", "'No Finding' is '2.0'")]
    [InlineData("train/patient1/study1/a.jpg,Male,5,Frontal,AP,,,,,,,,,,,,,,", "the path is")]
    [InlineData("CheXpert-v1.0/train/patient1/study1/a.jpg,Male,5,Oblique,AP,,,,,,,,,,,,,,", "'Oblique'")]
    [InlineData("CheXpert-v1.0/train/patient1/study1/a.jpg,Male,old,Frontal,AP,,,,,,,,,,,,,,", "'old'")]
    [InlineData("CheXpert-v1.0/train/patient1/study1/a.jpg,Male,5,Frontal,AP,1.0", "cut off")]
    public void Read_BadRow_NamesFileLineAndCell(string row, string words)
    {
        using var tree = new Tree();
        tree.Text("train.csv", CheXpertTree.Header, "", row); // the blank line counts as a line
        var error = Assert.Throws<DataFormatException>(() => CheXpert.Read(tree.Root, ImageRule.Optional));
        Assert.Equal((tree.At("train.csv"), 3L), (error.File, error.Line));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SameImageTwice_NamesTheSecondLine()
    {
        using var tree = new Tree();
        const string row = "CheXpert-v1.0/train/patient00001/study1/view1_frontal.jpg,Male,5,Frontal,AP,,,,1.0,0.0,,,,,,,,,";
        tree.Text("train.csv", CheXpertTree.Header, row, row.Replace("view1", "view2", StringComparison.Ordinal), row);
        var error = Assert.Throws<DataFormatException>(() => CheXpert.Read(tree.Root, ImageRule.Optional));
        Assert.Equal(4, error.Line);
        Assert.Contains("a second time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoReleasesUnderOneRoot_AsksForOne()
    {
        using Tree tree = CheXpertTree.Write();
        tree.Text("CheXpert-v1.0/train.csv", CheXpertTree.Header);
        Assert.Contains("name the one to read", Assert.Throws<DataFormatException>(() => CheXpert.Read(tree.Root)).Message, StringComparison.Ordinal);
    }
}
