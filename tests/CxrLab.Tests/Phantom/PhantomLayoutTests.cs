using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Phantom;
using Xunit;

namespace CxrLab.Tests.Phantom;

public class PhantomLayoutTests
{
    public static TheoryData<string> Layouts => new(PhantomLayouts.All.Select(layout => layout.Name));

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Write_OneOrThreeWorkers_SameFilesWhichItsReaderReads(string name)
    {
        using var scratch = new Scratch();
        PhantomLayout layout = PhantomLayouts.ByName(name);
        PhantomOptions few = layout.Defaults with { Count = name == "covidx-ct" ? 2 : 10, Seed = 3, Size = 64, Workers = 1 };
        string one = Path.Combine(scratch.Parent, "one"), three = Path.Combine(scratch.Parent, "three");
        layout.Write(one, few);
        layout.Write(three, few with { Workers = 3 });
        Assert.Empty(FolderComparison.Differences(one, three));
        CxrIndex index = DataSets.ByName(name).Read(one, ImageRule.Required, null);
        Assert.Equal(SampleTruth.Read(one).Count, index.Count);
        Assert.All(index.Records, record => Assert.Equal((64, 64), (record.ReadImage().Height, record.ReadImage().Width)));
        Assert.All(Directory.GetFiles(Path.Combine(one, "truth", "masks")), mask => Assert.All(GrayImage.Read(mask).Pixels.ToArray(), pixel => Assert.True(pixel is 0 or 1)));
    }

    [Fact]
    public void Write_WhatALayoutCannotHold_IsRefusedByName()
    {
        using var scratch = new Scratch();
        ArgumentException error = Assert.Throws<ArgumentException>(() => PhantomLayouts.Nih.Write(scratch.Target, new PhantomOptions { Count = 1, Dicom = true }));
        Assert.Contains("mimic, vindr, openi", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => PhantomLayouts.ByName("chexpert").Write(scratch.Target, new PhantomOptions { Count = 1, BitDepth = 16 }));
        Assert.Contains("8-bit JPEG", error.Message, StringComparison.Ordinal);
        Assert.Contains("there are: nih, chexpert", Assert.Throws<ArgumentException>(() => PhantomLayouts.ByName("mnist")).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Parent));
    }

    [Fact]
    public void Write_OpenIAsDicom_IsReadWithTheSamePixelsAsPng()
    {
        using var scratch = new Scratch();
        PhantomLayout layout = PhantomLayouts.ByName("openi");
        PhantomOptions few = layout.Defaults with { Count = 4, Seed = 3, Size = 64 };
        string png = Path.Combine(scratch.Parent, "png"), dicom = Path.Combine(scratch.Parent, "dicom");
        layout.Write(png, few);
        layout.Write(dicom, few with { Dicom = true });
        CxrIndex first = OpenI.Read(png), second = OpenI.Read(dicom);
        Assert.Equal(first.Records.Select(record => record.ImageId), second.Records.Select(record => record.ImageId));
        Assert.All(second.Records, record => Assert.EndsWith(".dcm", record.ImagePath, StringComparison.Ordinal));
        foreach ((CxrRecord one, CxrRecord other) in first.Records.Zip(second.Records))
            Assert.All(one.ReadImage().Pixels.ToArray().Zip(other.ReadImage().Pixels.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Write_SixteenBits_KeepsMoreThan256Greys()
    {
        using var scratch = new Scratch();
        PhantomLayouts.Nih.Write(scratch.Target, new PhantomOptions { Count = 1, BitDepth = 16, Size = 64 });
        GrayImage image = NihChestXray14.Read(scratch.Target).Records[0].ReadImage();
        Assert.Equal(16, image.BitDepth);
        Assert.True(image.Pixels.ToArray().Distinct().Count() > 256);
    }

    [Fact]
    public void Differences_ChangedPixelMissingAndNewFile_AreNamed()
    {
        using var scratch = new Scratch();
        string a = Path.Combine(scratch.Parent, "a"), b = Path.Combine(scratch.Parent, "b");
        foreach (string folder in new[] { a, b })
        {
            LayoutFile.WritePng(Path.Combine(folder, "x.png"), new GrayImage(2, 2, [0, 0, 1, 1]));
            LayoutFile.WriteGzippedLines(Path.Combine(folder, "t.csv.gz"), ["a,b"]);
        }

        // The same text in other bytes.
        using (var zip = new System.IO.Compression.GZipStream(File.Create(Path.Combine(b, "t.csv.gz")), System.IO.Compression.CompressionLevel.NoCompression)) zip.Write("a,b\n"u8);
        Assert.Empty(FolderComparison.Differences(a, b));
        LayoutFile.WritePng(Path.Combine(b, "x.png"), new GrayImage(2, 2, [0, 0, 1, 0]));
        LayoutFile.WriteLines(Path.Combine(a, "only.txt"), ["1"]);
        LayoutFile.WriteLines(Path.Combine(b, "new.txt"), ["1"]);
        Assert.Equal(["only.txt is missing", "new.txt is too many", "x.png differs"], FolderComparison.Differences(a, b));
    }
}
