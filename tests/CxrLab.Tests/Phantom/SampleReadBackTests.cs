using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Phantom;
using Xunit;

namespace CxrLab.Tests.Phantom;

/// <summary>Every committed sample is read by its data set's own reader and holds exactly what was planted.</summary>
public class SampleReadBackTests
{
    private static readonly Dictionary<string, string> CheXpertOf = new()
    {
        ["Cardiomegaly"] = Finding.Cardiomegaly,
        ["Edema"] = Finding.Edema,
        ["Consolidation"] = Finding.Consolidation,
        ["Pneumonia"] = Finding.Pneumonia,
        ["Atelectasis"] = Finding.Atelectasis,
        ["Pneumothorax"] = Finding.Pneumothorax,
        ["Pleural Effusion"] = Finding.Effusion,
        ["Pleural Other"] = Finding.PleuralThickening,
    };

    private static readonly Dictionary<string, string> PadChestOf = new()
    {
        ["cardiomegaly"] = Finding.Cardiomegaly,
        ["pleural effusion"] = Finding.Effusion,
        ["pleural thickening"] = Finding.PleuralThickening,
        ["atelectasis"] = Finding.Atelectasis,
        ["infiltrates"] = Finding.Infiltration,
        ["consolidation"] = Finding.Consolidation,
        ["pneumonia"] = Finding.Pneumonia,
        ["pulmonary edema"] = Finding.Edema,
        ["pneumothorax"] = Finding.Pneumothorax,
        ["nodule"] = Finding.Nodule,
        ["mass"] = Finding.Mass,
        ["emphysema"] = Finding.Emphysema,
        ["pulmonary fibrosis"] = Finding.Fibrosis,
        ["hiatal hernia"] = Finding.Hernia,
    };

    public static TheoryData<string> Layouts => new(PhantomSamples.All.Select(sample => sample.Layout));

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Read_Sample_HasEveryImageOfTheTruthOnceAndNoMore(string layout)
    {
        CxrIndex index = Read(layout);
        IReadOnlyList<SampleTruth> truth = SampleTruth.Read(Sample.Of(layout));
        Assert.Equal(truth.Select(image => image.Image).Order(StringComparer.Ordinal), index.Records.Select(Name).Order(StringComparer.Ordinal));
        Assert.All(index.Records, record => Assert.True(File.Exists(record.ImagePath)));
        // No patient of the truth is two in the table, nor two one; VinDr and Open-I name none.
        if (layout is "vindr" or "openi") return;
        Assert.All(index.Records.GroupBy(record => record.PatientId), patient => Assert.Single(patient.Select(record => One(truth, record).Patient).Distinct()));
        Assert.Equal(truth.Select(image => image.Patient).Distinct().Count(), index.PatientCount);
    }

    [Fact]
    public void Read_NihSample_AffirmsWhatIsPlanted() => Check("nih", (image, _, label) => Affirmed(image.Truth.State(label)), LabelSet.Nih14.ToDictionary(name => name));

    [Fact]
    public void Read_CheXpertSample_HasStudyLabelsWithTheirDoubt()
    {
        Check("chexpert", (image, study, label) => image.Part == "valid" ? study.Any(one => one.Findings.Contains(label)) ? LabelState.Positive : LabelState.Negative : OfStudy(study, label), CheXpertOf);
        CxrIndex index = Read("chexpert");
        Assert.Contains(index.Records, record => record.View == View.Lateral);
        Assert.Contains(index.Records.SelectMany(record => record.Labels), state => state == LabelState.Uncertain);
        Assert.All(index.Records.Where(record => record.PublishedPart == "valid").SelectMany(record => record.Labels), state => Assert.True(state is LabelState.Positive or LabelState.Negative));
    }

    [Fact]
    public void Read_MimicSample_HasStudyLabelsReportsAndSplit()
    {
        Check("mimic", (_, study, label) => OfStudy(study, label), CheXpertOf);
        CxrIndex index = Read("mimic");
        Assert.All(index.Records, record => Assert.Contains("FINDINGS:", File.ReadAllText(record.ReportPath!), StringComparison.Ordinal));
        Assert.All(index.Records, record => Assert.All(File.ReadLines(record.ReportPath!), line => Assert.True(line.Length <= 79)));
        PatientSplit split = MimicCxr.OfficialSplit(index);
        Assert.True(split.Train.Count > split.Test.Count && split.Test.Count > 0 && split.Validation.Count > 0);
        IReadOnlyList<SampleTruth> truth = SampleTruth.Read(Sample.Of("mimic"));
        Assert.All(index.Records, record => Assert.Equal(One(truth, record).View, record.View));
    }

    [Fact]
    public void Read_PadChestSample_NamesWhatIsPlanted() => Check("padchest", (image, _, label) => Affirmed(image.Truth.State(label)), PadChestOf);

    [Theory]
    [InlineData("montgomery")]
    [InlineData("shenzhen")]
    [InlineData("lungs")]
    public void Read_TuberculosisSamples_HaveTheLabelInTheNameAndTheLungsInMasks(string layout)
    {
        Check(layout, (image, _, label) => image.Truth.State(label), new() { ["Tuberculosis"] = Findings.Tuberculosis });
        CxrIndex index = Read(layout);
        Assert.Contains(index.Records, record => record.Labels[0] == LabelState.Positive);
        Assert.Contains(index.Records, record => record.Labels[0] == LabelState.Negative);
        Assert.All(index.Records, record => Assert.True(record.Age > 0 && record.Sex != Sex.Unknown));
        Assert.Equal(layout == "shenzhen" ? 0 : index.Count, index.Records.Count(record => record.Masks.Count > 0) + (layout == "lungs" ? index.Records.Count(record => record.Masks.Count == 0) : 0));
        foreach (CxrRecord record in index.Records.Where(record => record.Masks.Count > 0))
        {
            GrayImage[] masks = [.. record.Masks.Select(mask => GrayImage.Read(mask.Path))];
            GrayImage lungs = GrayImage.Read(Path.Combine(Sample.Of(layout), "truth", "masks", Name(record) + "_lungs.png"));
            for (int i = 0; i < lungs.Pixels.Length; i++) Assert.Equal(lungs.Pixels[i], masks.Max(mask => mask.Pixels[i]));
        }
    }

    [Fact]
    public void Read_MontgomerySample_HasTheLeftLungOnTheRightOfThePicture()
    {
        foreach (CxrRecord record in Read("montgomery").Records)
        {
            double Middle(string what)
            {
                GrayImage mask = GrayImage.Read(record.Masks.Single(mask => mask.Structure == what).Path);
                return Enumerable.Range(0, mask.Pixels.Length).Where(i => mask.Pixels[i] > 0).Average(i => i % mask.Width);
            }

            Assert.True(Middle("left lung") > Middle("right lung"));
        }
    }

    [Fact]
    public void Read_CovidxSample_HasTheClassesOfTheirSources()
    {
        Check("covidx", (image, _, label) => image.Truth.State(label), new() { [CovidLabels.OtherPneumonia] = Finding.Pneumonia, [CovidLabels.Covid] = Findings.Covid });
        CxrIndex index = Read("covidx");
        Assert.Equal(["actmed", "cohen", "rsna", "sirm"], index.Records.Select(record => record.Origin).Distinct().Order());
        Assert.All(index.Records, record => Assert.Equal(record.Origin != "rsna", record.Labels[1] == LabelState.Positive));
        Assert.True(Covidx.OfficialSplit(index).Test.Count > 0);
    }

    [Fact]
    public void Read_CovidxSeveritySample_HasThePlantedScores()
    {
        CxrIndex index = Read("covidx-s");
        IReadOnlyList<SampleTruth> truth = SampleTruth.Read(Sample.Of("covidx-s"));
        Assert.Equal(2, index.Records.Count(record => record.Severity is null));
        Assert.All(index.Records.Where(record => record.Severity is not null), record =>
            Assert.Equal(new SeverityScore(One(truth, record).Extent, One(truth, record).Opacity), record.Severity));
        Assert.True(index.Records.Select(record => record.Severity?.Geographic).Distinct().Count() > 3, "the scores hardly differ");
    }

    [Fact]
    public void Read_CovidxCtSample_TellsEverySliceByWhatItShows()
    {
        Check("covidx-ct", (image, _, label) => image.Truth.State(label), new() { [CovidLabels.OtherPneumonia] = Finding.Pneumonia, [CovidLabels.Covid] = Findings.Covid });
        IGrouping<string, CxrRecord>[] scans = [.. Read("covidx-ct").Records.GroupBy(record => record.Slice!.Value.Scan)];
        Assert.All(scans, scan => Assert.Equal(Enumerable.Range(0, scan.Count()), scan.Select(record => record.Slice!.Value.Number).Order()));
        Assert.True(scans.Select(scan => scan.Count()).Distinct().Count() > 1, "all scans have one length");
        // A lesion doesn't reach from the top to the bottom of the chest.
        Assert.All(scans.Where(scan => scan.Any(record => record.Labels.Contains(LabelState.Positive))), scan => Assert.Contains(scan, record => !record.Labels.Contains(LabelState.Positive)));
        Assert.All(Read("covidx-ct").Records, record => Assert.True(record.Boxes[0].Box is { X: >= 0, Y: >= 0, Right: <= 512, Bottom: <= 512, Width: > 200 }));
    }

    [Fact]
    public void Read_OpenISample_AffirmsAndSuspectsWhatIsPlanted() => Check(
        "openi", (_, study, label) => OfStudy(study, label) is var state && state == LabelState.Missing ? LabelState.Negative : state, LabelSet.Nih14.ToDictionary(name => name));

    // What was written is what was drawn, through DICOM of 12 bits (a part of it MONOCHROME1) and through inverted 16-bit PNG.
    [Theory]
    [InlineData("mimic")]
    [InlineData("vindr")]
    [InlineData("padchest")]
    [InlineData("nih")]
    public void ReadImage_Sample_GivesThePhantomsPixels(string layout)
    {
        PhantomOptions options = PhantomSamples.All.Single(sample => sample.Layout == layout).Options;
        IReadOnlyList<SampleTruth> truth = SampleTruth.Read(Sample.Of(layout));
        IReadOnlyList<PhantomCase> cases = PhantomLayouts.ByName(layout).Cases(options);
        foreach (CxrRecord record in Read(layout).Records.Take(12))
        {
            SampleTruth image = One(truth, record);
            GrayImage drawn = ChestPhantom.Render(cases.Single(image.IsSame), options.Size, options.Difficulty, options.BitDepth).Image, read = record.ReadImage();
            for (int i = 0; i < drawn.Pixels.Length; i++) Assert.Equal(drawn.Pixels[i], read.Pixels[i], 1e-5f);
        }
    }

    private static CxrIndex Read(string layout) => DataSets.ByName(layout).Read(Sample.Of(layout), ImageRule.Required, null);

    // Labels of the index under the truth's names, for every image.
    private static void Check(string layout, Func<(SampleTruth Truth, string? Part), IReadOnlyList<SampleTruth>, string, LabelState> expected, Dictionary<string, string> names)
    {
        CxrIndex index = Read(layout);
        IReadOnlyList<SampleTruth> truth = SampleTruth.Read(Sample.Of(layout));
        foreach (CxrRecord record in index.Records)
        {
            SampleTruth image = One(truth, record);
            SampleTruth[] study = [.. truth.Where(other => other.Patient == image.Patient && other.Visit == image.Visit)];
            foreach ((string label, string finding) in names)
                Assert.True(expected((image, record.PublishedPart), study, finding) == index.State(record, label), $"{layout} {record.ImageId}: {label} is {index.State(record, label)}; planted: {string.Join(", ", image.Findings)}; faults: {string.Join(", ", image.Faults)}");
        }
    }

    private static LabelState Affirmed(LabelState state) => state == LabelState.Positive ? state : LabelState.Negative;

    private static LabelState OfStudy(IReadOnlyList<SampleTruth> study, string finding)
    {
        LabelState[] states = [.. study.Select(image => image.State(finding))];
        return new[] { LabelState.Positive, LabelState.Uncertain, LabelState.Missing }.Where(states.Contains).DefaultIfEmpty(LabelState.Negative).First();
    }

    private static SampleTruth One(IReadOnlyList<SampleTruth> truth, CxrRecord record) => truth.Single(image => image.Image == Name(record));

    // CheXpert's name is a path of folders.
    private static string Name(CxrRecord record) => record.Source == "chexpert"
        ? Path.ChangeExtension(record.ImageId[(record.ImageId.IndexOf('/', StringComparison.Ordinal) + 1)..], null).Replace('/', '_')
        : record.Source is "vindr" or "mimic" or "openi" ? record.ImageId : Path.ChangeExtension(record.ImageId, null);
}
