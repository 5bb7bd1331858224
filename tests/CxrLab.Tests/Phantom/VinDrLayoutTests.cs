using System.Text.Json;
using CxrLab.Data;
using CxrLab.Phantom;
using Xunit;

namespace CxrLab.Tests.Phantom;

public sealed class VinDrLayoutTests
{
    private static readonly PhantomOptions Few = new() { Count = 40, Seed = 5, Size = 64, Workers = 1 };

    [Fact]
    public void Write_OneOrThreeWorkers_SameFiles()
    {
        string parent = Directory.CreateTempSubdirectory("cxrlab-").FullName;
        try
        {
            string one = Path.Combine(parent, "one"), three = Path.Combine(parent, "three");
            PhantomLayouts.VinDr.Write(one, Few);
            PhantomLayouts.VinDr.Write(three, Few with { Workers = 3 });
            string[] files = PhantomTestTools.Files(one);
            Assert.Equal(Few.Count, files.Count(file => file.EndsWith(".dicom", StringComparison.Ordinal)));
            Assert.Equal(files, PhantomTestTools.Files(three));
            foreach (string file in files) Assert.Equal(PhantomTestTools.Content(Path.Combine(one, file)), PhantomTestTools.Content(Path.Combine(three, file)));
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    [Fact]
    public void Sample_ReadBack_HasThreeReadersWhoSeeWhatIsThereMoreOrLess()
    {
        CxrIndex index = VinDrCxr.Read(Sample.VinDr);
        Assert.All(index.Records, record => Assert.Equal(3, record.Readings.Count));
        Assert.Equal(["R1", "R2", "R3", "R4", "R5"], index.Records.SelectMany(record => record.Readings).Select(reading => reading.Reader).Distinct().Order());
        Assert.All(index.Records.SelectMany(record => record.Boxes), box => Assert.True(box.Box is { X: >= 0, Y: >= 0, Width: >= 1.9, Height: >= 1.9, Right: <= 128, Bottom: <= 128 }));
        // By construction the careful reader overlooks little and the hasty one much.
        Assert.True(Sensitivity(index, "R1") > 0.9, "R1");
        Assert.True(Sensitivity(index, "R4") < 0.85, "R4");
    }

    // Share of the planted findings on this reader's images that he marked.
    private static double Sensitivity(CxrIndex index, string reader)
    {
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(Sample.VinDr, "truth", "truth.json")));
        int there = 0, seen = 0;
        foreach (JsonElement image in truth.RootElement.GetProperty("images").EnumerateArray())
        {
            CxrRecord record = index.Records.Single(record => record.ImageId == image.GetProperty("image").GetString());
            if (record.Readings.FirstOrDefault(reading => reading.Reader == reader) is not { } reading) continue;
            foreach (string finding in image.GetProperty("findings").EnumerateArray().Select(finding => VinDrLayout.Class(finding.GetProperty("finding").GetString()!)).Distinct())
            {
                there++;
                if (reading.Labels[index.Labels.IndexOf(finding)] == LabelState.Positive) seen++;
            }
        }

        return (double)seen / there;
    }
}
