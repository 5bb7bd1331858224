using System.Diagnostics;
using CxrLab.Imaging;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Imaging;

public class DamagedImageTests
{
    public static TheoryData<string> Kinds => new("grey8", "grey16", "rgb", "palette", "interlaced", "jpeg", "jpeg3");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_CutOff_IsAnImageOrASayingError(string kind)
    {
        byte[] whole = Make(kind);
        Assert.Equal(24, Try(whole)!.Width);
        int refused = 0, tried = 0;
        for (int length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 150))
        {
            tried++;
            if (Try(whole[..length]) is null) refused++;
        }

        Assert.True(refused > 0.9 * tried, $"{tried - refused} of {tried} cut files were taken for whole ones");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_BytesFlipped_IsAnImageOrASayingError(string kind)
    {
        byte[] whole = Make(kind);
        Random random = Seed.Random(11);
        for (int round = 0; round < 300; round++)
        {
            byte[] damaged = [.. whole];
            int count = random.Next(1, 6);
            for (int i = 0; i < count; i++) damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            Try(damaged);
        }
    }

    [Fact]
    public void Decode_EachHeaderByteChanged_IsAnImageOrASayingError()
    {
        byte[] whole = Make("grey16");
        for (int at = 0; at < 41; at++)
        {
            foreach (byte value in new byte[] { 0, 1, 7, 127, 128, 255 })
            {
                byte[] damaged = [.. whole];
                damaged[at] = value;
                Try(damaged);
            }
        }
    }

    [Fact]
    public void Decode_HugeHeader_IsRefusedBeforeMemoryIsTaken()
    {
        byte[] bomb = PngMaker.Make(30000, 30000, 8, PngMaker.Grey, [], interlaced: true, rows: false);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var error = Assert.Throws<ImageFormatException>(() => GrayImage.Decode(bomb, "bomb.png"));
        Assert.Contains("30000", error.Message, StringComparison.Ordinal);
        Assert.Contains("bomb.png", error.Message, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void Read_NoImage_SaysWhatIsThere()
    {
        using var folder = new TempFolder();
        string text = folder.File("text.png"), empty = folder.File("empty.png"), inner = folder.File("folder.png");
        File.WriteAllText(text, "<html>404 not found</html>");
        File.WriteAllBytes(empty, []);
        Directory.CreateDirectory(inner);
        foreach ((string path, string words) in new[] { (text, "neither PNG nor JPEG"), (empty, "empty"), (inner, "folder"), (folder.File("missing.png"), "no such file") })
        {
            var error = Assert.Throws<ImageFormatException>(() => GrayImage.Read(path));
            Assert.Equal(path, error.File);
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    // Null: refused with an error that names the file. Any other exception fails the test.
    private static GrayImage? Try(byte[] bytes)
    {
        try
        {
            GrayImage image = GrayImage.Decode(bytes, "damaged file.png");
            Assert.Equal(image.Height * image.Width, image.Pixels.Length);
            foreach (float pixel in image.Pixels) Assert.InRange(pixel, 0f, 1f);
            return image;
        }
        catch (ImageFormatException error)
        {
            Assert.Equal("damaged file.png", error.File);
            Assert.StartsWith("damaged file.png: ", error.Message, StringComparison.Ordinal);
            return null;
        }
    }

    private static byte[] Make(string kind)
    {
        (int bits, int type) = kind switch
        {
            "grey16" => (16, PngMaker.Grey),
            "rgb" => (8, PngMaker.Rgb),
            "palette" => (4, PngMaker.Palette),
            _ => (8, PngMaker.Grey),
        };
        byte[]? palette = type == PngMaker.Palette ? [.. Enumerable.Range(0, 48).Select(i => (byte)(5 * i))] : null;
        return kind.StartsWith("jpeg", StringComparison.Ordinal)
            ? GrayImageReadTests.Jpeg(24, 16, kind == "jpeg" ? 1 : 3)
            : PngMaker.Make(24, 16, bits, type, PngMaker.Samples(24, 16, bits, type, 8), palette, kind == "interlaced");
    }
}
