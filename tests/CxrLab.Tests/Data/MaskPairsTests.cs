using CxrLab.Data;
using CxrLab.Tests.Data.Fixtures;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Data;

public class MaskPairsTests
{
    [Fact]
    public void Read_Folder_GivesMasksFindingsAndWhatIsMissing()
    {
        using var folder = new TempFolder();
        PairsFixture.Write(folder.Root());
        CxrIndex index = MaskPairs.Read(folder.Root());
        Assert.Equal(new LabelSet("COVID-19", "Edema"), index.Labels);
        Assert.Equal(["a.png", "b.png", "c.jpg"], index.Records.Select(record => record.ImageId));
        Assert.Equal([1, 1, 0], index.Records.Select(record => record.Masks.Count));
        Assert.EndsWith("b_mask.png", index.Records[1].Masks[0].Path, StringComparison.Ordinal);
        Assert.Equal([LabelState.Positive, LabelState.Missing], index.Records[0].Labels); // nobody said that edema is absent
        Assert.Equal([View.PA, View.AP, View.Unknown], index.Records.Select(record => record.View));
        Assert.Contains("2 records have a lung mask, 1 have none", index.Notes);
        Assert.Contains("1 masks belong to no record", index.Notes);
        Assert.Equal(4, MaskPairs.Read(folder.Root(), ImageRule.Optional).Count);
        Assert.Equal(2, index.WithLungMasks().Count);
    }

    [Fact]
    public void Read_UnfitTable_NamesLineAndRemedy()
    {
        using var folder = new TempFolder();
        FixtureFile.Images(folder.Root(), "images/a.png", "masks/a.png");
        Failure.Names(() => MaskPairs.Read(folder.Root()), "pairs.csv");
        FixtureFile.Text(folder.Root(), "pairs.csv", "image,finding\na.png,x\n");
        Failure.Names(() => MaskPairs.Read(folder.Root()), "'patient' is missing");
        FixtureFile.Text(folder.Root(), "pairs.csv", "image,patient\na.png, \n");
        Failure.Names(() => MaskPairs.Read(folder.Root()), "line 2", "patient is blank");
        FixtureFile.Text(folder.Root(), "pairs.csv", "image,patient\na.png,1\na.png,1\n");
        Failure.Names(() => MaskPairs.Read(folder.Root()), "line 3", "second time");
    }

    [Fact]
    public void Read_RealPairs_FindsThemAll()
    {
        CxrIndex index = MaskPairs.Read(RealData.Require("lung-masks"));
        Assert.Equal((85, 63), (index.Count, index.PatientCount));
        Assert.Equal(85, index.WithLungMasks().Count);
        // Lungs fill between a tenth and two thirds of a chest film; a threshold at half of the range would lose the masks of 0 and 127.
        Assert.All(index.Records.Take(12), record => Assert.InRange(record.ReadLungMask().Pixels.ToArray().Average(), 0.1, 0.67));
    }
}
