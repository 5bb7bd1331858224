using CxrLab.Imaging;
using CxrLab.Imaging.Dicom;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Imaging.Dicom;

public class DicomWriterTests
{
    [Theory]
    [InlineData(8, false)]
    [InlineData(10, true)]
    [InlineData(12, false)]
    [InlineData(16, true)]
    public void Write_ThenRead_GivesTheQuantisedImageAndHeader(int bits, bool monochrome1)
    {
        using var folder = new TempFolder();
        int largest = (1 << bits) - 1;
        float[] pixels = [.. Enumerable.Range(0, 15 * 7).Select(i => i * 2654435761 % (largest + 1L) / (float)largest)];
        var image = new GrayImage(15, 7, pixels);
        var header = new DicomHeader(DicomUid.Of(1), DicomUid.Of(2), DicomUid.Of(3), "p10000032")
        {
            BitsStored = bits,
            Monochrome1 = monochrome1,
            PatientAge = 63,
            PatientSex = "F",
            ViewPosition = "PA",
            PixelSpacing = (0.143, 0.2),
            Window = new DicomWindow(1 << (bits - 1), 1 << bits),
            StudyDate = "20200102",
        };
        DicomWriter.Write(folder.File("x.dcm"), image, header);
        DicomImage back = DicomImage.Read(folder.File("x.dcm"));
        DicomDataSet data = back.File.Data;
        Assert.Equal(("p10000032", "063Y", "F", "PA", "20200102"), (data.Text(DicomTags.PatientId), data.Text(DicomTags.PatientAge), data.Text(DicomTags.PatientSex), data.Text(DicomTags.ViewPosition), data.Text(DicomTags.StudyDate)));
        Assert.Equal((0.143, 0.2), back.Spacing);
        Assert.Empty(back.File.Remarks);
        Assert.Equal(monochrome1, back.Layout.IsMonochrome1);
        GrayImage gray = GrayImage.Read(folder.File("x.dcm"));
        Assert.Equal(bits, gray.BitDepth);
        for (int i = 0; i < pixels.Length; i++) Assert.Equal(pixels[i], gray.Pixels[i], 1e-6f);
        // Read, written and read again, no value moves any more.
        Assert.Equal(DicomWriter.Encode(image, header), DicomWriter.Encode(gray, header));
    }

    [Fact]
    public void Of_SeedParts_AreStableDistinctAndValidUids()
    {
        string[] uids = [.. Enumerable.Range(0, 1000).Select(i => DicomUid.Of(7, i))];
        Assert.Equal(1000, uids.Distinct().Count());
        Assert.NotEqual(DicomUid.Of(1, 2), DicomUid.Of(2, 1));
        Assert.All(uids, uid => Assert.Matches(@"^2\.25\.[1-9][0-9]{0,38}$", uid));
        Assert.Equal(DicomUid.Of(2021, 4), DicomUid.Of(2021, 4));
    }

    [Fact]
    public void Encode_ImpossibleRequests_AreRefused()
    {
        var image = new GrayImage(1, 1, [0f]);
        Assert.Contains("8 to 16 bits", Assert.Throws<ArgumentException>(() => DicomWriter.Encode(image, new DicomHeader("1", "2", "3", "p") { BitsStored = 7 })).Message, StringComparison.Ordinal);
        Assert.Contains("DX, CR and CT", Assert.Throws<ArgumentException>(() => DicomWriter.Encode(image, new DicomHeader("1", "2", "3", "p") { Modality = "MG" })).Message, StringComparison.Ordinal);
    }
}
