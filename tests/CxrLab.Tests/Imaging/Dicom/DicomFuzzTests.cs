using System.Diagnostics;
using CxrLab.Imaging;
using CxrLab.Imaging.Dicom;
using NetVips;
using Xunit;

namespace CxrLab.Tests.Imaging.Dicom;

/// <summary>10,000 damaged files: each is an image or a named error, soon, and within its own size of memory.</summary>
public class DicomFuzzTests
{
    private const int Rounds = 10_000;

    [Fact]
    public void Decode_MutatedFiles_AreImagesOrNamedErrors()
    {
        byte[][] whole = [.. Corpus()];
        foreach (byte[] file in whole) GrayImage.Decode(file, "whole.dcm");
        Random random = CxrLab.Seed.Random(510);
        long most = 0;
        TimeSpan longest = TimeSpan.Zero;
        int refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] damaged = Mutate(whole[round % whole.Length], random);
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            if (!IsImage(damaged, round)) refused++;
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(refused, Rounds / 20, Rounds - Rounds / 20); // else the mutations are too weak or too strong to test anything
        Assert.True(most < 8_000_000, $"one file of a few kilobytes made it allocate {most} bytes");
        Assert.True(longest < TimeSpan.FromSeconds(20), $"one file took {longest}"); // a hang, not a speed: pauses of a busy machine are allowed for
    }

    private static bool IsImage(byte[] bytes, int round)
    {
        try
        {
            GrayImage image = GrayImage.Decode(bytes, "damaged.dcm");
            Assert.All(image.Pixels.ToArray(), pixel => Assert.InRange(pixel, 0f, 1f));
            // What a header dump would show mustn't fail either.
            if (DicomFile.IsDicom(bytes)) Assert.All(DicomFile.Decode(bytes, "damaged.dcm").Data.Elements, element => Assert.NotEmpty(element.ToString()));
            return true;
        }
        catch (ImageFormatException error)
        {
            Assert.StartsWith("damaged.dcm: ", error.Message, StringComparison.Ordinal);
            return false;
        }
        catch (Exception error) when (error is not Xunit.Sdk.IAssertionException)
        {
            Assert.Fail($"round {round}: {error}");
            return false;
        }
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        int changes = random.Next(1, 5);
        for (int i = 0; i < changes && bytes.Count > 4; i++)
        {
            // Headers decide most, and they come first.
            int at = random.Next(2) == 0 ? random.Next(bytes.Count) : random.Next(Math.Min(bytes.Count, 700));
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                case 4:
                    for (int k = at; k < Math.Min(at + 4, bytes.Count); k++) bytes[k] = 0xff; // an undefined or huge length
                    break;
                default:
                    if (random.Next(4) == 0) bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<byte[]> Corpus()
    {
        int[] words = [.. Enumerable.Range(0, 256).Select(i => i * 16)];
        var written = new GrayImage(16, 16, [.. words.Select(word => word / 4095f)]);
        yield return DicomWriter.Encode(written, new DicomHeader("2.25.1", "2.25.2", "2.25.3", "p1") { Window = new DicomWindow(2048, 4096), Monochrome1 = true, PixelSpacing = (0.2, 0.2), PatientAge = 50 });
        DicomMaker table = new DicomMaker().Us(DicomTags.LutDescriptor, 16, 0, 12).Us(DicomTags.LutData, [.. Enumerable.Range(0, 16)]);
        foreach (bool implicitVr in new[] { false, true })
        {
            foreach (bool undefined in new[] { false, true })
            {
                DicomMaker maker = DicomMaker.Grey(16, 16, words, 12, signed: undefined, implicitVr: implicitVr)
                    .Text(DicomTags.RescaleSlope, "DS", "2 ").Text(DicomTags.RescaleIntercept, "DS", "-1024 ").Text(DicomTags.NumberOfFrames, "IS", "1 ")
                    .Text(DicomTags.WindowCenter, "DS", @"40\400 ").Text(DicomTags.WindowWidth, "DS", @"80\2000 ").Us(DicomTags.PixelPaddingValue, 7)
                    .Sequence(DicomTags.VoiLutSequence, undefined, table, table).Sequence(new DicomTag(0x0029, 0x1010), undefined, new DicomMaker().Sequence(new DicomTag(0x0029, 0x1020), undefined, table));
                yield return maker.Bytes();
                yield return maker.Headless().Text(DicomTags.Modality, "CS", "CR").Bytes();
            }
        }

        using Image image = Image.NewFromMemory(Array.ConvertAll(words, word => (byte)(word / 16)), 16, 16, 1, Enums.BandFormat.Uchar);
        byte[] jpeg = image.JpegsaveBuffer(q: 80);
        yield return DicomMaker.Grey(16, 16, [], 8, syntax: TransferSyntax.JpegBaseline.Uid).Us(DicomTags.BitsAllocated, 8).Fragments([0, 0, 0, 0], jpeg[..100], jpeg[100..]).Bytes();
        using Image colour = image.Bandjoin(image, image).Copy(interpretation: Enums.Interpretation.Srgb);
        yield return DicomMaker.Grey(16, 16, [], 8, photometric: "YBR_FULL_422", syntax: TransferSyntax.JpegBaseline.Uid).Us(DicomTags.BitsAllocated, 8).Us(DicomTags.SamplesPerPixel, 3).Us(DicomTags.PlanarConfiguration, 0)
            .Fragments([], colour.JpegsaveBuffer(q: 80)).Bytes();
    }
}
