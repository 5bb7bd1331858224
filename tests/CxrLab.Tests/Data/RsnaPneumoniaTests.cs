using CxrLab.Data;
using CxrLab.Tests.Data.Fixtures;
using Xunit;

namespace CxrLab.Tests.Data;

public class RsnaPneumoniaTests
{
    [Fact]
    public void Read_Tree_GivesClassesAndBoxes()
    {
        using Tree tree = RsnaTree.Write();
        CxrIndex index = RsnaPneumonia.Read(tree.Root, ImageRule.Optional);
        Assert.Equal([RsnaTree.Other, RsnaTree.Normal, RsnaTree.Boxed], index.Records.Select(record => record.ImageId));
        Assert.Equal(["No Lung Opacity / Not Normal", "Normal", "Lung Opacity"], index.Records.Select(record => index.Labels.Single(name => index.State(record, name) == LabelState.Positive)));
        Assert.Equal([new FindingBox("Lung Opacity", new Box(264, 152, 213, 379)), new FindingBox("Lung Opacity", new Box(562, 152, 256, 453))], index.Records[2].Boxes);
        Assert.Equal((1024, 1024), index.Records[2].BoxSpace);
        Assert.Empty(index.Records[0].Boxes);
        Assert.Equal([".dcm", null, ".png"], index.Records.Select(record => Path.GetExtension(record.ImagePath)));
        Assert.Equal(["table stage_2_train_labels.csv: 4 rows on 3 images, 2 images found", "1 images of the table aren't here"], index.Notes.Take(2));
        Assert.Equal(2, RsnaPneumonia.Read(tree.Root).Count);
    }

    [Fact]
    public void Read_WithoutClassTable_LeavesTheClassOpen()
    {
        using Tree tree = RsnaTree.Write();
        File.Delete(tree.At(RsnaTree.Classes));
        CxrIndex index = RsnaPneumonia.Read(tree.Root, ImageRule.Optional);
        Assert.Equal([LabelState.Negative, LabelState.Missing, LabelState.Missing], index.Records[0].Labels);
        Assert.Equal([LabelState.Positive, LabelState.Negative, LabelState.Negative], index.Records[2].Labels);
    }

    [Theory]
    [InlineData("a,1,1,10,10,0", "Target is 0")]
    [InlineData("a,,,,,1", "expected a number of pixels")]
    [InlineData("a,1,1,10,10,2", "Target is '2'")]
    [InlineData("a,1000,1,100,10,1", "leaves the image")]
    [InlineData("b,1,1,10,10,1", "the same box")]
    [InlineData("c,,,,,0", "a second time")]
    public void Read_BadRow_NamesFileAndLine(string row, string words)
    {
        using var tree = new Tree();
        tree.Text(RsnaTree.Table, "patientId,x,y,width,height,Target", "b,1,1,10,10,1", "c,,,,,0", row);
        var error = Assert.Throws<DataFormatException>(() => RsnaPneumonia.Read(tree.Root, ImageRule.Optional));
        Assert.Equal((tree.At(RsnaTree.Table), 4L), (error.File, error.Line));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ClassAgainstTarget_IsAnError()
    {
        using Tree tree = RsnaTree.Write();
        tree.Text(RsnaTree.Classes, "patientId,class", $"{RsnaTree.Boxed},Normal");
        Assert.Equal(2, Assert.Throws<DataFormatException>(() => RsnaPneumonia.Read(tree.Root, ImageRule.Optional)).Line);
    }

    [Fact]
    public void DrawOn_RealNihRecords_AddsTheRadiologistsBoxes()
    {
        string root = RealData.Require("nih");
        CxrIndex nih = NihChestXray14.Read(root, table: "Data_Entry_subset.csv");
        CxrIndex drawn = RsnaPneumonia.DrawOn(nih, Path.Combine(root, "rsna_boxes_subset.csv"));
        FindingBox[] boxes = [.. drawn.Records.SelectMany(record => record.Boxes).Where(box => box.Reader == "RSNA")];
        Assert.Equal((nih.Count, 125), (drawn.Count, boxes.Length)); // 125 rows with Target 1
        Assert.All(boxes, box => Assert.Equal(Finding.Pneumonia, box.Finding));
        Assert.Equal(nih.Records.Sum(record => record.Boxes.Count) + 125, drawn.Records.Sum(record => record.Boxes.Count));
        Assert.Contains(new FindingBox(Finding.Pneumonia, new Box(667, 125, 255, 749), "RSNA"), drawn.Records.Single(record => record.ImageId == "00001836_010.png").Boxes);
    }
}
