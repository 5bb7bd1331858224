using System.Globalization;
using System.Text.Json;
using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Phantom;
using Xunit;

namespace CxrLab.Tests.Phantom;

public sealed class NihLayoutTests
{
    private static readonly PhantomOptions Few = new() { Count = 24, Seed = 11, Size = 64, Workers = 1 };

    private static string Sample { get; } = FindSample();

    [Fact]
    public void Write_OneOrThreeWorkers_SamePixelsAndTables()
    {
        using var scratch = new Scratch();
        string one = Path.Combine(scratch.Parent, "one"), three = Path.Combine(scratch.Parent, "three");
        Write(one, Few);
        Write(three, Few with { Workers = 3 });
        string[] files = PhantomTestTools.Files(one);
        Assert.Equal(files, PhantomTestTools.Files(three));
        foreach (string file in files) Assert.Equal(PhantomTestTools.Content(Path.Combine(one, file)), PhantomTestTools.Content(Path.Combine(three, file)));
    }

    [Fact]
    public void Write_Tables_AreInThePublishedFormat()
    {
        using var scratch = new Scratch();
        Write(scratch.Target, Few);
        string[] table = PhantomTestTools.Lines(scratch.Target, "Data_Entry_2017_v2020.csv"), boxes = PhantomTestTools.Lines(scratch.Target, "BBox_List_2017.csv");
        Assert.Equal(
            "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y]",
            table[0]);
        Assert.Equal("Image Index,Finding Label,Bbox [x,y,w,h],,,", boxes[0]);
        Assert.Equal(Few.Count + 1, table.Length);
        Assert.All(table[1..], row => Assert.Matches(@"^\d{8}_\d{3}\.png,[A-Za-z_| ]+,\d+,\d+,\d+,[FM],(PA|AP),64,64,\d\.\d{3},\d\.\d{3}$", row));
        Assert.All(boxes[1..], row => Assert.Matches(@"^\d{8}_\d{3}\.png,(Infiltrate|(?!Infiltration)[A-Za-z_]+)(,\d+(\.\d+)?){4}$", row));
        Assert.All(boxes[1..].Select(row => row.Split(',')), f => Assert.True(Number(f[2]) + Number(f[4]) <= 1024 && Number(f[3]) + Number(f[5]) <= 1024));
        foreach (string[] fields in table[1..].Select(row => row.Split(',')))
        {
            Assert.Equal(fields[0], $"{int.Parse(fields[3], CultureInfo.InvariantCulture):D8}_{int.Parse(fields[2], CultureInfo.InvariantCulture):D3}.png");
            if (fields[1] == Finding.NoFinding) continue;
            int[] columns = [.. fields[1].Split('|').Select(name => LabelSet.Nih14.IndexOf(name))];
            Assert.Equal(columns.Order().Distinct(), columns);
        }
    }

    [Fact]
    public void Write_Lists_ShareNoPatientAndCoverAllImages()
    {
        string[] rest = PhantomTestTools.Lines(Sample, "train_val_list.txt"), test = PhantomTestTools.Lines(Sample, "test_list.txt");
        Assert.Empty(rest.Select(name => name[..8]).Intersect(test.Select(name => name[..8])));
        Assert.Equal(PhantomTestTools.Lines(Sample, "Data_Entry_2017_v2020.csv")[1..].Select(row => row.Split(',')[0]), rest.Concat(test).Order(StringComparer.Ordinal));
        Assert.InRange(test.Length / 240.0, 0.18, 0.25);
    }

    [Fact]
    public void Read_Sample_FindsImagesLabelsAndBoxes()
    {
        CxrIndex index = NihChestXray14.Read(Sample);
        Assert.Equal(240, index.Count);
        foreach (CxrRecord record in index.Records)
        {
            IEnumerable<string> labels = LabelSet.Nih14.Where((_, k) => record.Labels[k] == LabelState.Positive);
            Assert.Equal(labels, record.Boxes.Select(b => b.Finding));
        }
    }

    [Fact]
    public void Sample_Truth_AgreesWithMasksAndBoxes()
    {
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(Sample, "truth", "truth.json")));
        Assert.Equal(ChestPhantom.Version, truth.RootElement.GetProperty("version").GetInt32());
        Assert.Equal(2021, truth.RootElement.GetProperty("seed").GetInt32());
        int findings = 0;
        foreach (JsonElement finding in truth.RootElement.GetProperty("images").EnumerateArray().SelectMany(i => i.GetProperty("findings").EnumerateArray()))
        {
            GrayImage mask = GrayImage.Read(Path.Combine(Sample, "truth", finding.GetProperty("mask").GetString()!));
            double[] box = [.. finding.GetProperty("box").EnumerateArray().Select(v => v.GetDouble())];
            int[] inside = [.. Enumerable.Range(0, mask.Pixels.Length).Where(i => mask.Pixels[i] > 0.5f)];
            Assert.Equal(inside.Min(i => i % 128), box[0]);
            Assert.Equal(inside.Min(i => i / 128), box[1]);
            Assert.Equal(inside.Max(i => i % 128) + 1, box[0] + box[2]);
            Assert.Equal(inside.Max(i => i / 128) + 1, box[1] + box[3]);
            Assert.InRange(finding.GetProperty("severity").GetDouble(), 0.02, 1);
            findings++;
        }

        Assert.Equal(PhantomTestTools.Lines(Sample, "BBox_List_2017.csv").Length - 1, findings);
        Assert.Equal(findings, Directory.GetFiles(Path.Combine(Sample, "truth", "masks")).Count(file => !file.EndsWith("_lungs.png", StringComparison.Ordinal) && !file.EndsWith("_heart.png", StringComparison.Ordinal)));
    }

    [Fact]
    public void Sample_Regenerated_SameTablesAndPixels()
    {
        using var scratch = new Scratch();
        Write(scratch.Target, new PhantomOptions());
        string[] files = PhantomTestTools.Files(Sample);
        Assert.Equal(files, PhantomTestTools.Files(scratch.Target));
        foreach (string file in files.Where((file, k) => k % 8 == 0 || Path.GetExtension(file) != ".png"))
            Assert.True(PhantomTestTools.Content(Path.Combine(Sample, file)) == PhantomTestTools.Content(Path.Combine(scratch.Target, file)), $"{file} differs: raise the version and regenerate");
    }

    [Fact]
    public void Write_FullTarget_RefusesToOverwrite()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.Target);
        string mine = Path.Combine(scratch.Target, "mine.txt");
        File.WriteAllText(mine, "keep");
        Assert.Throws<IOException>(() => Write(scratch.Target, Few));
        Assert.Throws<IOException>(() => Write(scratch.Target, Few with { Overwrite = true })); // not a phantom
        Assert.Equal(["mine.txt"], PhantomTestTools.Files(scratch.Target));
        Assert.Single(Directory.GetFileSystemEntries(scratch.Parent));
    }

    [Fact]
    public void Write_Overwrite_ReplacesAnEarlierPhantom()
    {
        using var scratch = new Scratch();
        Write(scratch.Target, Few with { Count = 4 });
        Write(scratch.Target, Few with { Count = 2, Overwrite = true });
        Assert.Equal(2, Directory.GetFiles(Path.Combine(scratch.Target, "images")).Length);
        Assert.Single(Directory.GetFileSystemEntries(scratch.Parent));
    }

    [Fact]
    public void Write_Cancelled_LeavesNothing()
    {
        using var scratch = new Scratch();
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => PhantomLayouts.Nih.Write(scratch.Target, Few with { Count = 200 }, new Done(n => { if (n == 3) source.Cancel(); }), source.Token));
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Parent));
    }

    [Fact]
    public void Write_Progress_CountsEveryImage()
    {
        using var scratch = new Scratch();
        var counts = new List<int>();
        Write(scratch.Target, Few with { Count = 5 }, new Done(counts.Add));
        Assert.Equal([1, 2, 3, 4, 5], counts);
    }

    private static void Write(string root, PhantomOptions options, IProgress<int>? progress = null) =>
        PhantomLayouts.Nih.Write(root, options, progress, TestContext.Current.CancellationToken);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string FindSample()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "CxrLab.sln"))) return Path.Combine(folder.FullName, "data", "samples", "nih");
        throw new DirectoryNotFoundException("CxrLab.sln isn't above the tests.");
    }

    private sealed class Done(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
