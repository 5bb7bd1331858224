using CxrLab.Data;
using CxrLab.Tests.Data.Fixtures;
using Xunit;

namespace CxrLab.Tests.Data;

public class PadChestTests
{
    [Fact]
    public void Read_TableAlone_GivesEveryRowWithItsPersonAndView()
    {
        using Tree tree = PadChestTree.Write();
        CxrIndex index = PadChest.Read(tree.Root, ImageRule.Optional);
        Assert.Equal((7, 6, LabelSet.PadChest), (index.Count, index.PatientCount, index.Labels));
        Assert.Equal([View.PA, View.Lateral, View.AP, View.Other, View.Other, View.AP, View.Unknown], index.Records.Select(record => record.View));
        Assert.Equal([80.0, 80, null, null, 24, 24, 24], index.Records.Select(record => record.Age));
        Assert.Equal([Sex.Male, Sex.Male, Sex.Female, Sex.Unknown, Sex.Female, Sex.Female, Sex.Female], index.Records.Select(record => record.Sex));
        Assert.Equal(["RNN_model", "Physician", "RNN_model", "RNN_model", "RNN_model", "RNN_model", null], index.Records.Select(record => record.LabelMethod));
        Assert.Equal("torax\ncon derrame , sin cambios .", index.Records[2].ReportText);
        Assert.Null(index.Records[6].ReportText);
        Assert.Equal(("s1_b.png", "patients1", "studys1", PadChest.Name), (index.Records[1].ImageId, index.Records[1].PatientId, index.Records[1].StudyId, index.Records[1].Source));
    }

    [Fact]
    public void Read_Labels_AreMatchedWholeAndUnknownStaysUnknown()
    {
        using Tree tree = PadChestTree.Write();
        CxrIndex index = PadChest.Read(tree.Root, ImageRule.Optional);
        string[] Shown(int row) => [.. index.Labels.Where((_, k) => index.Records[row].Labels[k] == LabelState.Positive)];
        Assert.All(index.Records[0].Labels, state => Assert.Equal(LabelState.Negative, state));
        Assert.Equal(["cardiomegaly", "pleural effusion"], Shown(1));
        Assert.Equal(["tuberculosis sequelae"], Shown(2));
        Assert.Equal(LabelState.Negative, index.State(index.Records[2], "tuberculosis"));
        Assert.Equal(["nodule"], Shown(3));
        Assert.Equal(LabelState.Missing, index.State(index.Records[3], "mass")); // "unchanged" tells nothing of a mass
        Assert.Equal(["consolidation"], Shown(5));
        Assert.Equal(LabelState.Negative, index.State(index.Records[5], "infiltrates"));
        foreach (int blank in new[] { 4, 6 }) Assert.All(index.Records[blank].Labels, state => Assert.Equal(LabelState.Missing, state));
    }

    [Fact]
    public void Read_OddRowsAndBrokenFiles_AreCountedInTheNotes()
    {
        using Tree tree = PadChestTree.Write();
        Assert.Equal(
            [$"table {PadChestTree.Table}: 7 rows, 4 images found", "3 rows have no image here", "1 rows name an image of an earlier row and are left out", "2 image files are empty or cut off and count as not there",
                "2 rows name no label; all their labels are missing", "1 rows say unchanged, exclude or suboptimal study; what they don't name is missing",
                $"2 other label texts occur that aren't among the {LabelSet.PadChest.Count} columns",
                "1 images have projection AP_horizontal; their view counts as AP", "1 images have projection COSTAL; their view counts as Other",
                "1 images have projection EXCLUDE; their view counts as Other", "1 images are MONOCHROME1 and are inverted when read",
                "2 ages are unknown: birth year or study date is blank or impossible"],
            PadChest.Read(tree.Root, ImageRule.Optional).Notes);
        Assert.Equal(["s1_a.png", "s1_b.png", "s2_a.png", "s3_a.png"], PadChest.Read(tree.Root).Records.Select(record => record.ImageId));
    }

    [Fact]
    public void ReadImage_Monochrome1Of16Bits_IsTurned()
    {
        using Tree tree = PadChestTree.Write();
        CxrRecord record = PadChest.Read(tree.Root).Records[2];
        Assert.True(record.Inverted);
        Assert.Equal(0f, record.ReadImage()[0, 0]);
        Assert.Equal(1 - 40000 / 65535f, record.ReadImage()[0, 1], 1e-6f);
        Assert.Equal(16, record.ReadImage().BitDepth);
    }

    [Fact]
    public void Epoch_InvertedRecord_IsServedTurned()
    {
        using Tree tree = PadChestTree.Write();
        CxrRecord inverted = PadChest.Read(tree.Root).Records[2];
        float[] Served(CxrRecord record)
        {
            var index = new CxrIndex("one", LabelSet.PadChest, [record]);
            using Batch batch = new BatchLoader(index, new LoaderOptions { ImageSize = 8, BatchSize = 1, Normalization = Normalization.None }).Epoch(0).Single();
            return batch.Images.data<float>().ToArray();
        }

        float[] turned = Served(inverted), stored = Served(inverted with { Inverted = false });
        Assert.All(turned.Zip(stored), pair => Assert.Equal(1, pair.First + pair.Second, 1e-5f));
        Assert.True(turned[0] < stored[0]);
    }

    [Fact]
    public void Read_FlatFolderAndGzippedTable_IsFound()
    {
        using var tree = new Tree();
        tree.Text(PadChestTree.Table + ".gz", PadChestTree.Header, PadChestTree.Row(0, "s1_a.png", "1934", "M", "PA", "['normal']")).Png("s1_a.png", bits: 16);
        Assert.Equal(tree.At("s1_a.png"), PadChest.Read(tree.Root).Records.Single().ImagePath);
    }

    [Theory]
    [InlineData("['a', 'b']", "a|b")]
    [InlineData("[' a ', '', \"b's\" ]", "a|b's")]
    [InlineData("['C1' 'C2']", "C1|C2")]
    [InlineData(@"['it\'s']", "it's")]
    [InlineData("[]", "")]
    [InlineData("['a'", null)]
    [InlineData("['a]", null)]
    [InlineData("[a]", null)]
    [InlineData("['a'b']", null)]
    public void TryParse_List_GivesItsItems(string text, string? items)
    {
        bool parsed = PythonList.TryParse(text, out List<string> found);
        Assert.Equal(items is not null, parsed);
        if (parsed) Assert.Equal(items, string.Join('|', found));
    }

    [Fact]
    public void Read_LabelsThatAreNoList_NameTheLineOfTheRow()
    {
        using var tree = new Tree();
        tree.Text(PadChestTree.Table, PadChestTree.Header,
            PadChestTree.Row(0, "s1_a.png", "1934", "M", "PA", "['normal']", report: "dos\nlineas"), PadChestTree.Row(1, "s1_b.png", "1934", "M", "PA", "normal"));
        var error = Assert.Throws<DataFormatException>(() => PadChest.Read(tree.Root, ImageRule.Optional));
        Assert.Equal((tree.At(PadChestTree.Table), 4L), (error.File, error.Line)); // the first row takes two lines
        Assert.Contains("\"normal\"", error.Message, StringComparison.Ordinal);
    }
}
