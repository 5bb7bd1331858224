using System.Diagnostics;
using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Tests.Data.Fixtures;
using Xunit;

namespace CxrLab.Tests.Data;

/// <summary>
/// Ten thousand damaged files: a reader gives an index, or an error that says which file, and for a table which line. It never
/// crashes otherwise, hangs, or takes memory that the file doesn't justify.
/// </summary>
public class ReaderFuzzTests
{
    private const int Cases = 10_000, Seed = 2026;
    private const long MostBytes = 1_000_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    [Fact]
    public void Read_DamagedFiles_IsAnIndexOrASayingError()
    {
        var clock = Stopwatch.StartNew();
        int read = 0, refused = 0, share = (Cases + FuzzTarget.All.Count - 1) / FuzzTarget.All.Count;
        for (int i = 0; i < FuzzTarget.All.Count; i++)
        {
            (int given, int errors) = Run(FuzzTarget.All[i], share, CxrLab.Seed.Random(Seed, i));
            (read, refused) = (read + given, refused + errors);
        }

        TestContext.Current.SendDiagnosticMessage($"{read} damaged trees were read, {refused} refused, in {clock.Elapsed.TotalSeconds:F0} s");
        Assert.True(read + refused >= Cases);
        // Both must happen often, or the damage tests nothing.
        Assert.InRange(refused, Cases / 10, Cases * 9 / 10);
    }

    private static (int Read, int Refused) Run(FuzzTarget target, int cases, Random random)
    {
        using Tree tree = target.Build();
        string[] files = tree.Files, texts = [.. files.Where(file => !IsImage(file))];
        int refused = 0;
        for (int round = 0; round < cases; round++)
        {
            // Two of three cases hit a table or another text, however many images lie there.
            string[] among = random.Next(3) > 0 && texts.Length > 0 ? texts : files;
            string file = among[random.Next(among.Length)];
            byte[] whole = File.ReadAllBytes(file), damaged = Damage.Of(whole, file, random);
            ImageRule images = random.Next(2) == 0 ? ImageRule.Optional : ImageRule.Required;
            File.WriteAllBytes(file, damaged);
            Task<(Exception? Error, long Bytes)> run = Task.Run(() => Attempt(target, tree.Root, images));
            string place = $"{target.Name}, round {round}, {Path.GetFileName(file)} damaged, images {images}";
            Assert.True(run.Wait(Longest, TestContext.Current.CancellationToken), $"{place}: still reading after {Longest.TotalSeconds} s");
            Assert.True(run.Result.Bytes < MostBytes, $"{place}: {run.Result.Bytes:N0} bytes were allocated");
            if (run.Result.Error is { } error)
            {
                refused++;
                Check(error, tree, place);
            }

            File.WriteAllBytes(file, whole);
        }

        Assert.NotEmpty(target.Read(tree.Root, ImageRule.Required, null).Records); // whole again
        return (cases - refused, refused);
    }

    private static (Exception? Error, long Bytes) Attempt(FuzzTarget target, string root, ImageRule images)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? found = null;
        try
        {
            CxrIndex index = target.Read(root, images, null);
            _ = index.ToString();
            foreach (CxrRecord record in index.Records)
            {
                if (record.ImagePath is { } path && IsImage(path)) record.ReadImage();
                foreach (MaskFile mask in record.Masks) GrayImage.Read(mask.Path);
            }
        }
#pragma warning disable CA1031 // What may be thrown is what the test is about.
        catch (Exception error)
        {
            found = error;
        }
#pragma warning restore CA1031

        return (found, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Check(Exception error, Tree tree, string place)
    {
        switch (error)
        {
            case DataFormatException format:
                Assert.True(format.File.StartsWith(tree.Root, StringComparison.Ordinal), $"{place}: {error.Message}");
                Assert.Contains(format.File, error.Message, StringComparison.Ordinal);
                // "None of its rows has an image" speaks of the whole table; everything else has a line.
                Assert.True(!IsTable(format.File) || format.Line is not null || error.Message.Contains("none of its", StringComparison.Ordinal), $"{place}: no line in {error.Message}");
                break;
            case ImageFormatException image:
                Assert.True(image.File.StartsWith(tree.Root, StringComparison.Ordinal), $"{place}: {error.Message}");
                break;
            case ArgumentException when tree.Files.Any(file => error.Message.Contains(Path.GetFileName(file), StringComparison.Ordinal)):
                break;
            default:
                Assert.Fail($"{place}: {error}");
                break;
        }
    }

    private static bool IsImage(string file) => file.EndsWith(".png", StringComparison.Ordinal) || file.EndsWith(".jpg", StringComparison.Ordinal);

    private static bool IsTable(string file) => file.EndsWith(".csv", StringComparison.Ordinal) || file.EndsWith(".csv.gz", StringComparison.Ordinal) || file.EndsWith("_list.txt", StringComparison.Ordinal);
}
