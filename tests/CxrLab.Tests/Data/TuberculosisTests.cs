using CxrLab.Data;
using CxrLab.Tests.Data.Fixtures;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Data;

public class TuberculosisTests
{
    [Fact]
    public void Montgomery_Folder_GivesLabelsMasksAndReadings()
    {
        using var folder = new TempFolder();
        MontgomeryFixture.Write(folder.Root());
        CxrIndex index = Montgomery.Read(folder.Root());
        Assert.Equal([LabelState.Negative, LabelState.Positive], index.Records.Select(record => record.Labels[0]));
        Assert.Equal(["left lung", "right lung"], index.Records[0].Masks.Select(mask => mask.Structure));
        Assert.Contains("leftMask", index.Records[0].Masks[0].Path, StringComparison.Ordinal);
        Assert.Empty(index.Records[1].Masks);
        Assert.Equal([("MCUCXR_0001", Sex.Female, 27.0), ("MCUCXR_0104", Sex.Male, 40.0)], index.Records.Select(record => (record.PatientId, record.Sex, record.Age!.Value)));
        Assert.Contains("1 readings have no image here", index.Notes);
        CxrIndex all = Montgomery.Read(Path.Combine(folder.Root(), "MontgomerySet"), ImageRule.Optional);
        Assert.Equal((3, (string?)null), (all.Count, all.Records[2].ImagePath));
        Assert.Contains("1 readings give no clear age or sex, which count as unknown", all.Notes);
    }

    [Fact]
    public void Shenzhen_Readings_UnderstandEveryFormOfAge()
    {
        using var folder = new TempFolder();
        ShenzhenFixture.Write(folder.Root());
        CxrIndex index = Shenzhen.Read(folder.Root());
        Assert.Equal([45, 16 / 12.0, 64 / 365.25, 33, null], index.Records.Select(record => record.Age));
        Assert.Equal([Sex.Male, Sex.Female, Sex.Female, Sex.Male, Sex.Unknown], index.Records.Select(record => record.Sex));
        Assert.Equal((3, 2), (index.Totals()[0].Negative, index.Totals()[0].Positive));
        Assert.Contains("1 images have no reading", index.Notes);
        Assert.Contains("0 records have a lung mask, 5 have none", index.Notes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lungs_EitherRoot_FindsMasksByBothRules(bool parent)
    {
        using var folder = new TempFolder();
        LungFixture.Write(folder.Root());
        CxrIndex index = LungSegmentation.Read(parent ? folder.Root() : Path.Combine(folder.Root(), "Lung Segmentation"));
        Assert.Equal([1, 0, 1], index.Records.Select(record => record.Masks.Count));
        Assert.Equal(["CHNCXR_0001_0_mask.png", "MCUCXR_0001_0.png"], index.Records.SelectMany(record => record.Masks).Select(mask => Path.GetFileName(mask.Path)));
        Assert.Equal(["shenzhen", "shenzhen", "montgomery"], index.Records.Select(record => record.Origin));
        Assert.Contains("2 records have a lung mask, 1 have none", index.Notes);
        Assert.Contains("1 masks belong to no record", index.Notes);
        Assert.Contains("1 images in test/ have no label or mask and aren't read", index.Notes);
    }

    [Theory]
    [InlineData("CXR_png/CHNCXR_0001_2.png")]
    [InlineData("CXR_png/scan.png")]
    public void Read_NameWithoutLabel_SaysWhatNameIsExpected(string image)
    {
        using var folder = new TempFolder();
        FixtureFile.Images(folder.Root(), image);
        Failure.Names(() => Shenzhen.Read(folder.Root()), Path.GetFileName(image), "last digit");
    }

    [Fact]
    public void Read_EmptyFolderOrTable_IsAnError()
    {
        using var folder = new TempFolder();
        Failure.Names(() => Montgomery.Read(folder.Root()), "CXR_png");
        Failure.Names(() => Shenzhen.Read(folder.Root(), table: "x.csv"), "no table");
        Failure.Names(() => LungSegmentation.Read(folder.Root() + "-absent"), "no such folder");
    }
}
