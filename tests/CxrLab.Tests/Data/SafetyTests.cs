using CxrLab.Data;
using CxrLab.Imaging;
using NetVips;
using Xunit;

namespace CxrLab.Tests.Data;

public class SafetyTests(ITestOutputHelper output)
{
    private static readonly LabelSet Mass = new("Mass");

    [Fact]
    public void LeakMeter_HandmadeParts_CountsImagesAndPatients()
    {
        CxrIndex train = new("train", Mass, [Handmade.Record("nih", "a", "1", "n"), Handmade.Record("nih", "b", "2", "n")]);
        CxrIndex test = new("test", Mass, [Handmade.Record("nih", "c", "1", "n"), Handmade.Record("nih", "d", "1", "n"), Handmade.Record("nih", "e", "3", "n")]);
        Assert.Equal(new LeakMeter(3, 2, 2, 1), LeakMeter.Measure(train, test));
    }

    [Fact]
    public void LeakMeter_WholeNihTable_AnImageSplitLeaksEightyThreePercent()
    {
        CxrIndex index = NihChestXray14.Read(RealData.Require("nih"), ImageRule.Optional, "Data_Entry_2017_v2020.csv.gz");
        LeakySplit leaky = index.LeakyImageSplit(seed: 1);
        LeakMeter meter = LeakMeter.Measure(leaky.Train, leaky.Test);
        output.WriteLine(meter.ToString());
        Assert.Equal(22424, meter.TestImages);
        Assert.InRange(meter.Share, 0.82, 0.84);
        PatientSplit safe = index.SplitByPatient(1);
        Assert.Equal(0, LeakMeter.Measure(safe.Train, safe.Test).LeakedImages);
    }

    [Fact]
    public void LeakyImageSplit_IsSeededAndLosesNothing()
    {
        CxrIndex index = NihChestXray14.Read(Sample.Nih);
        LeakySplit split = index.LeakyImageSplit(3);
        Assert.Equal((192, 48), (split.Train.Count, split.Test.Count));
        Assert.Equal(split.Test.Records, index.LeakyImageSplit(3).Test.Records);
        Assert.NotEqual(split.Test.Records, index.LeakyImageSplit(4).Test.Records);
    }

    [Fact]
    public void Shift_HandmadePrevalence_HasDifferenceAndInterval()
    {
        CxrIndex first = new("a", Mass, "pnnn".Select((state, i) => Handmade.Record("nih", $"{i}", $"{i}", $"{state}", age: 40)));
        CxrIndex second = new("b", Mass, "ppnn.".Select((state, i) => Handmade.Record("nih", $"{i}", $"{i}", $"{state}", View.AP, age: 50)));
        IReadOnlyList<ShiftRow> rows = ShiftReport.Compare(first, second);
        ShiftRow mass = rows.Single(row => row.What == "Mass positive");
        Assert.Equal((0.25, 0.5), (mass.First, mass.Second));   // the missing cell counts nowhere
        Assert.Equal(0.25 / Math.Sqrt((0.1875 + 0.25) / 2), mass.Standardised, 1e-12);
        Assert.Equal(0.25 - 1.959964 * Math.Sqrt(0.1875 / 4 + 0.25 / 4), mass.Low, 1e-12);
        Assert.Equal(1, rows.Single(row => row.What == "view AP").Difference);
        Assert.Equal(10, rows.Single(row => row.What == "age").Difference);
    }

    [Fact]
    public void Shortcut_SourceIsTheLabel_IsFoundAndUnrelatedSourceIsNot()
    {
        CxrIndex told = new("told", Mass, [Handmade.Record("a", "1", "1", "p"), Handmade.Record("a", "2", "2", "p"), Handmade.Record("b", "3", "3", "n"), Handmade.Record("b", "4", "4", "n")]);
        ShortcutWarning warning = Assert.Single(ShortcutWarning.Check(told, fewest: 2));
        Assert.Empty(ShortcutWarning.Check(told)); // two images of each kind prove nothing
        Assert.Equal(("source", 1.0, 1.0), (warning.Attribute, warning.CramersV, warning.Auroc));
        CxrIndex mixed = new("mixed", Mass, [Handmade.Record("a", "1", "1", "p"), Handmade.Record("a", "2", "2", "n"), Handmade.Record("b", "3", "3", "p"), Handmade.Record("b", "4", "4", "n")]);
        Assert.Empty(ShortcutWarning.Check(mixed, fewest: 2));
        Assert.Equal((0.0, 0.5), (ShortcutWarning.Measure(mixed)[0].CramersV, ShortcutWarning.Measure(mixed)[0].Auroc));
    }

    [Fact]
    public void Shortcut_OriginWithinOneSet_IsFound()
    {
        CxrIndex index = new("covidx", Mass, Enumerable.Range(0, 40).Select(i => Handmade.Record("covidx", $"{i}", $"{i}", i < 20 ? "p" : "n") with { Origin = i < 20 ? "cohen" : "rsna" }));
        ShortcutWarning warning = Assert.Single(ShortcutWarning.Check(index));
        Assert.Equal(("origin", 1.0, 20), (warning.Attribute, warning.Auroc, warning.Fewest));
    }

    [Fact]
    public void Shortcut_ThreeToOne_HasTheNumbersOfTheHandCalculation()
    {
        // a: 3 positive, 1 negative; b: 1 positive, 3 negative. chi² = 4 · 1/2 = 2, V = √(2/8); AUROC = (1·1.5 + 3·(3 + 0.5)) / 16.
        CxrIndex index = new("x", Mass, "pppnpnnn".Select((state, i) => Handmade.Record(i < 4 ? "a" : "b", $"{i}", $"{i}", $"{state}")));
        ShortcutWarning pair = Assert.Single(ShortcutWarning.Measure(index));
        Assert.Equal(0.5, pair.CramersV, 1e-12);
        Assert.Equal(0.75, pair.Auroc, 1e-12);
    }

    [Fact]
    public void Duplicates_RealRadiographs_PlantedCopiesAreFound()
    {
        string[] files = [.. Directory.GetFiles(RealData.Require("nih", "images"), "*.png").Order(StringComparer.Ordinal)];
        Assert.True(files.Length > 20);
        List<ImageHash> hashes = [.. files.Select(file => ImageHash.Of(GrayImage.Read(file)))];
        IReadOnlyList<Duplicate> natural = new DuplicateFinder(hashes).Find();
        int planted = 0, hits = 0, exact = 0;
        for (int i = 0; i < 20; i++)
        {
            GrayImage image = GrayImage.Read(files[i]);
            using Image vips = Image.NewFromFile(files[i]);
            ImageHash[] copies =
            [
                ImageHash.Of(GrayImage.Decode(image.ToPng(), "copy.png")),
                ImageHash.Of(image.Resize(image.Height * 2 / 3, image.Width * 2 / 3)),
                ImageHash.Of(GrayImage.Decode(vips.JpegsaveBuffer(q: 60), "copy.jpg")),
                ImageHash.Of(new GrayImage(image.Height, image.Width, [.. image.Pixels.ToArray().Select(pixel => 0.1f + 0.8f * pixel)])),
            ];
            foreach (ImageHash copy in copies)
            {
                planted++;
                if (new DuplicateFinder([hashes[i], copy]).Find().Count > 0) hits++;
            }

            if (copies[0].Exact == hashes[i].Exact) exact++;
            output.WriteLine($"{Path.GetFileName(files[i])}: distances {string.Join(", ", copies.Select(copy => copy.Distance(hashes[i])))}");
        }

        int nearest = Enumerable.Range(0, hashes.Count).SelectMany(i => Enumerable.Range(0, i).Select(j => hashes[i].Distance(hashes[j]))).Min();
        output.WriteLine($"{files.Length} radiographs: {natural.Count} pairs among themselves (nearest {nearest} bits); {hits} of {planted} planted copies found, {exact} of 20 exact");
        foreach (Duplicate pair in natural) output.WriteLine($"{Path.GetFileName(files[pair.First])} {Path.GetFileName(files[pair.Second])} {pair.Distance} {pair.Exact}");
        Assert.Equal(planted, hits);
        Assert.Equal(20, exact);
        // The search by pieces finds what comparing everything with everything finds.
        Assert.Equal(Enumerable.Range(0, hashes.Count).Sum(i => Enumerable.Range(0, i).Count(j => hashes[i].Distance(hashes[j]) <= 60)), new DuplicateFinder(hashes, 60).Find().Count);
    }
}
