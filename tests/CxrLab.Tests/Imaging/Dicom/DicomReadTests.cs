using CxrLab.Imaging;
using CxrLab.Imaging.Dicom;
using CxrLab.Tests.Models;
using NetVips;
using Xunit;
using File = System.IO.File;

namespace CxrLab.Tests.Imaging.Dicom;

public class DicomReadTests
{
    private static readonly int[] Ramp = [0, 1, 2, 3, 1000, 4095];

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)]
    [InlineData(false, false, true)]
    [InlineData(true, false, true)]
    [InlineData(true, false, false)]
    [InlineData(false, false, false)]
    public void StoredValues_ExplicitImplicitWithoutPreambleOrHeader_AreTheWordsWritten(bool implicitVr, bool preamble, bool header)
    {
        DicomMaker maker = DicomMaker.Grey(2, 3, Ramp, 12, implicitVr: implicitVr, preamble: preamble).Text(DicomTags.Modality, "CS", "CR");
        DicomImage image = Open(header ? maker : maker.Headless());
        Assert.Equal(Ramp, image.StoredValues());
        Assert.Equal([0f, 1 / 4095f, 2 / 4095f, 3 / 4095f, 1000 / 4095f, 1f], image.ToGray().Pixels.ToArray());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Items_NestedSequences_AreReadWithAndWithoutLengths(bool implicitVr, bool undefined)
    {
        var code = new DicomTag(0x0008, 0x0100);
        DicomMaker inner = new DicomMaker().Text(code, "SH", "R-1");
        DicomMaker outer = new DicomMaker().Sequence(DicomTags.VoiLutSequence, undefined, inner, new DicomMaker().Text(code, "SH", "R-2 "));
        DicomFile file = DicomFile.Decode(DicomMaker.Grey(2, 3, Ramp, implicitVr: implicitVr).Sequence(DicomTags.ModalityLutSequence, undefined, outer).Bytes(), "nested");
        IReadOnlyList<DicomDataSet> items = file.Data.Items(DicomTags.ModalityLutSequence)[0].Items(DicomTags.VoiLutSequence);
        Assert.Equal(["R-1", "R-2"], items.Select(item => item.Text(code)!));
        Assert.Equal(Ramp, DicomImage.Of(file).StoredValues());
    }

    [Fact]
    public void StoredValues_SignedTwelveBitsWithAnOverlayAbove_IgnoreTheOverlay()
    {
        DicomImage image = Open(DicomMaker.Grey(1, 4, [0x0fff, 0x1800, 0xf7ff, 0xffff], 12, signed: true));
        Assert.Equal([-1, -2048, 2047, -1], image.StoredValues(0, out long spilt));
        Assert.Equal(1, spilt); // 0xf7ff only: the others' upper bits are a sign or nothing
    }

    [Fact]
    public void StoredValues_HighBitAboveTheStoredBits_AreShiftedDown() =>
        Assert.Equal([0xabc], Open(DicomMaker.Grey(1, 1, [0xabcd], 12).Us(DicomTags.HighBit, 15)).StoredValues());

    [Fact]
    public void StoredValues_ElementsOfUnknownRepresentation_AreReadByTheDictionary()
    {
        DicomMaker maker = DicomMaker.Grey(2, 3, Ramp, 12).Raw(DicomTags.Rows, "UN", [2, 0]).Raw(DicomTags.BitsStored, "UN", [12, 0]).Raw(DicomTags.WindowCenter, "UN", "7 "u8.ToArray()).Raw(DicomTags.WindowWidth, "UN", "9 "u8.ToArray());
        Assert.Equal(Ramp, Open(maker).StoredValues());
        Assert.Equal([new DicomWindow(7, 9)], Open(maker).Windows);
    }

    // PS3.3 C.11.2.1.2.1's own example: centre 2048 and width 4096 map 0..4095 to the whole range.
    [Fact]
    public void VoiValues_StandardsExample_IsTheIdentity() =>
        Assert.All(Open(Window(DicomMaker.Grey(2, 3, Ramp, 12), "2048", "4096")).VoiValues().Zip(Ramp), pair => Assert.Equal(pair.Second, pair.First, 1e-9));

    [Theory]
    [InlineData("LINEAR", "100", "1", 99, 0.0)] // a width of 1 is a threshold at c - 0.5
    [InlineData("LINEAR", "100", "1", 100, 4095.0)]
    [InlineData("LINEAR_EXACT", "100", "100", 75, 1023.75)]
    [InlineData("SIGMOID", "100", "50", 100, 2047.5)]
    public void VoiValues_WindowFunctions_FollowTheStandard(string function, string centre, string width, int stored, double expected) =>
        Assert.Equal(expected, Open(Window(DicomMaker.Grey(1, 1, [stored], 12), centre, width).Text(DicomTags.VoiLutFunction, "CS", function)).VoiValues()[0], 9);

    [Fact]
    public void ToGray_Monochrome1WithPadding_IsTurnedAndPaddingIsBlack() =>
        Assert.Equal([1f, 0f, 0f], Open(DicomMaker.Grey(1, 3, [0, 4095, 7], 12, photometric: "MONOCHROME1").Us(DicomTags.PixelPaddingValue, 7)).ToGray().Pixels.ToArray());

    [Fact]
    public void ToGray_NegativeSlope_ShowsLargerModalityValuesBrighter()
    {
        DicomMaker maker = DicomMaker.Grey(1, 2, [0, 4095], 12).Text(DicomTags.RescaleSlope, "DS", "-1").Text(DicomTags.RescaleIntercept, "DS", "0");
        Assert.Equal([1f, 0f], Open(maker).ToGray().Pixels.ToArray());
        Assert.Equal([1f, 0f], Open(Window(maker, "-2047", "4096")).ToGray().Pixels.ToArray());
    }

    [Fact]
    public void Apply_LookupTable_ClampsAtItsEnds()
    {
        DicomMaker table = new DicomMaker().Raw(DicomTags.LutDescriptor, "SS", [3, 0, 0xfe, 0xff, 16, 0]).Us(DicomTags.LutData, 10, 20, 65535);
        DicomImage image = Open(DicomMaker.Grey(1, 5, [-5, -2, -1, 0, 9], 16, signed: true).Sequence(DicomTags.VoiLutSequence, true, table));
        Assert.Equal([10, 10, 20, 65535, 65535], image.VoiValues());
        Assert.Equal(1f, image.ToGray()[0, 4]);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.2", "Explicit VR Big Endian (1.2.840.10008.1.2.2)")]
    [InlineData("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian (1.2.840.10008.1.2.1.99)")]
    [InlineData("1.2.840.10008.1.2.4.51", "JPEG Extended (Process 2 and 4) (1.2.840.10008.1.2.4.51)")]
    [InlineData("1.2.840.10008.1.2.4.90", "JPEG 2000 Image Compression (Lossless Only) (1.2.840.10008.1.2.4.90)")]
    [InlineData("1.2.840.10008.1.2.5", "RLE Lossless (1.2.840.10008.1.2.5)")]
    [InlineData("1.2.3.4", "unknown (1.2.3.4)")]
    public void Read_OtherTransferSyntax_IsRefusedByName(string uid, string name)
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(() => Open(DicomMaker.Grey(2, 3, Ramp, syntax: uid)));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains("gdcmconv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithoutHeaderAndBigEndian_IsRefusedByName()
    {
        byte[] bytes = [0x00, 0x08, 0x00, 0x60, (byte)'C', (byte)'S', 0x00, 0x02, (byte)'C', (byte)'R'];
        Assert.Contains("Big Endian", Assert.Throws<ImageFormatException>(() => GrayImage.Decode(bytes, "big")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingOrImpossibleAttributes_AreNamed()
    {
        foreach ((DicomMaker maker, string words) in new[]
        {
            (DicomMaker.Grey(2, 3, Ramp).Without(DicomTags.Rows), "(0028,0010) Rows is missing"),
            (DicomMaker.Grey(2, 3, Ramp).Without(DicomTags.PixelData).Text(DicomTags.Modality, "CS", "SR"), "no pixel data; its modality is SR"),
            (DicomMaker.Grey(2, 3, Ramp).Us(DicomTags.BitsAllocated, 12), "it must be 1, 8, 16 or 32"),
            (DicomMaker.Grey(2, 3, Ramp).Us(DicomTags.Rows, 60000).Us(DicomTags.Columns, 60000), "megapixels are refused"),
            (DicomMaker.Grey(2, 3, Ramp).Us(DicomTags.Rows, 20), "the header promises 3 × 20 pixels"),
            (DicomMaker.Grey(2, 3, Ramp).Text(DicomTags.NumberOfFrames, "IS", "1A"), "reads \"1A\""),
            (DicomMaker.Grey(1, 3, Ramp).Text(DicomTags.NumberOfFrames, "IS", "2 "), "it holds 2 frames"),
            (Window(DicomMaker.Grey(2, 3, Ramp), "10", "0.5"), "at least 1"),
        })
            Assert.Contains(words, Assert.Throws<ImageFormatException>(() => GrayImage.Decode(maker.Bytes(), "bad.dcm")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void StoredValues_JpegBaselineInFragments_AreTheJpegsOwn(int fragments)
    {
        byte[] jpeg = Jpeg(64, 48);
        int part = (jpeg.Length + fragments - 1) / fragments;
        DicomMaker maker = DicomMaker.Grey(48, 64, [], 8, syntax: TransferSyntax.JpegBaseline.Uid).Us(DicomTags.BitsAllocated, 8)
            .Fragments([[], .. jpeg.Chunk(part)]);
        Assert.Equal(GrayImage.Decode(jpeg, "jpeg").Pixels.ToArray(), Open(maker).ToGray().Pixels.ToArray());
    }

    [Fact]
    public void ToGray_JpegFramesByOffsetTable_AreToldApart()
    {
        byte[] first = Jpeg(8, 8, 40), second = Jpeg(8, 8, 200);
        byte[] table = [.. BitConverter.GetBytes(0), .. BitConverter.GetBytes(first.Length + 2 * 8)];
        DicomMaker maker = DicomMaker.Grey(8, 8, [], 8, syntax: TransferSyntax.JpegBaseline.Uid).Us(DicomTags.BitsAllocated, 8).Text(DicomTags.NumberOfFrames, "IS", "2 ")
            .Fragments(table, first[..100], first[100..], second);
        DicomImage image = Open(maker);
        Assert.Equal(40 / 255f, image.ToGray(0)[4, 4], 2);
        Assert.Equal(200 / 255f, image.ToGray(1)[4, 4], 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => image.StoredValues(2));
    }

    [Theory]
    [InlineData("a.dcm")]
    [InlineData("a.dicom")]
    [InlineData("a")]
    public void GrayImageRead_AnyName_GoesByContent(string name)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File(name), DicomMaker.Grey(2, 3, Ramp, 12).Bytes());
        Assert.Equal(1f, GrayImage.Read(folder.File(name))[1, 2]);
    }

    [Fact]
    public void GrayImageRead_Gzipped_IsUnpackedOrANamedError()
    {
        using var folder = new TempFolder();
        byte[] plain = DicomMaker.Grey(2, 3, Ramp, 12).Bytes();
        using (var zip = new System.IO.Compression.GZipStream(File.Create(folder.File("a.dcm.gz")), System.IO.Compression.CompressionLevel.Fastest)) zip.Write(plain);
        Assert.Equal(1f, GrayImage.Read(folder.File("a.dcm.gz"))[1, 2]);
        byte[] packed = File.ReadAllBytes(folder.File("a.dcm.gz"));
        packed[12] ^= 0xff;
        File.WriteAllBytes(folder.File("b.dcm.gz"), packed);
        Assert.Contains("b.dcm.gz", Assert.Throws<ImageFormatException>(() => GrayImage.Read(folder.File("b.dcm.gz"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GrayImageRead_RealRadiographs_GivePydicomsNumbers()
    {
        // Sums by pydicom 2.3.1: pixel_array, apply_voi_lut.
        DicomImage fuji = DicomImage.Read(RealData.Require("dicom", "gdcm-CR-MONO1-10-chest.dcm"));
        Assert.Equal(FujiSum, fuji.StoredValues().Sum(value => (long)value));
        Assert.Equal(FujiVoi, fuji.VoiValues().Sum(), 3);
        DicomImage jpeg = DicomImage.Read(RealData.Require("dicom", "Fake_MONOHR1.dcm"));
        Assert.Equal(JpegSum, jpeg.StoredValues().Sum(value => (long)value));
        Assert.Equal(1 - jpeg.StoredValues()[0] / 255f, jpeg.ToGray()[0, 0], 6);
    }

    private const long FujiSum = 97_159_572, JpegSum = 168_189_534;
    private const double FujiVoi = 89803000.0;

    private static DicomImage Open(DicomMaker maker) => DicomImage.Of(DicomFile.Decode(maker.Bytes(), "test.dcm"));

    private static DicomMaker Window(DicomMaker maker, string centre, string width) =>
        maker.Text(DicomTags.WindowCenter, "DS", centre).Text(DicomTags.WindowWidth, "DS", width);

    private static byte[] Jpeg(int width, int height, int? flat = null)
    {
        byte[] pixels = new byte[width * height];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(flat ?? (i * 7 % width * 3 + i / width));
        using Image image = Image.NewFromMemory(pixels, width, height, 1, Enums.BandFormat.Uchar);
        return image.JpegsaveBuffer(q: 90);
    }
}
