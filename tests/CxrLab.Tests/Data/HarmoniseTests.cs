using CxrLab.Data;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Data;

public class HarmoniseTests
{
    [Fact]
    public void Default_EveryLabelExistsAndEveryLineHasAReason()
    {
        Assert.True(Crosswalk.Default.Mappings.Count > 100);
        Assert.All(Crosswalk.Default.Mappings, line =>
        {
            Assert.Contains(line.FromLabel, KnownLabels.ByName[line.FromSet]);
            if (line.ToLabel.Length > 0) Assert.Contains(line.ToLabel, KnownLabels.ByName[line.ToSet]);
            Assert.NotEmpty(line.Reason);
        });
    }

    [Theory]
    [InlineData("nih", "chexpert")]
    [InlineData("chexpert", "nih")]
    [InlineData("vindr", "nih")]
    [InlineData("openi", "nih")]
    [InlineData("rsna", "nih")]
    [InlineData("rsna", "chexpert")]
    [InlineData("covidx", "nih")]
    [InlineData("covidx", "chexpert")]
    [InlineData("tuberculosis", "nih")]
    public void Default_NoLabelOfTheSourceIsForgotten(string from, string to) =>
        Assert.Equal(KnownLabels.ByName[from].Order(), Crosswalk.Default.Between(from, to).Select(line => line.FromLabel).Distinct().Order());

    [Theory] // Lung Lesion = Mass or Nodule
    [InlineData('p', 'n', LabelState.Positive)]
    [InlineData('p', 'u', LabelState.Positive)]
    [InlineData('u', 'n', LabelState.Uncertain)]
    [InlineData('n', 'n', LabelState.Negative)]
    [InlineData('n', '.', LabelState.Missing)]
    public void Harmonise_TwoLabelsToOne_FollowsTheRule(char mass, char nodule, LabelState expected)
    {
        CxrIndex index = Handmade.One("nih", LabelSet.Nih14, 'n', ("Mass", mass), ("Nodule", nodule)).Harmonise("chexpert");
        Assert.Equal(expected, index.State(index.Records[0], "Lung Lesion"));
    }

    [Theory]
    [InlineData('p', LabelState.Missing)]   // a lesion: mass or nodule? nobody knows
    [InlineData('u', LabelState.Missing)]
    [InlineData('n', LabelState.Negative)]
    public void Harmonise_BroaderLabel_OnlyItsAbsenceCarriesOver(char lesion, LabelState expected)
    {
        CxrIndex index = Handmade.One("mimic", LabelSet.Mimic14, '.', ("Lung Lesion", lesion)).Harmonise("nih");
        Assert.Equal(expected, index.State(index.Records[0], "Mass"));
    }

    [Theory] // only the way from VinDr to NIH is written down; turned round, "Nodule/Mass" is broader than Nodule and so Nodule is narrower
    [InlineData('p', 'n', LabelState.Positive)]
    [InlineData('n', 'n', LabelState.Negative)]
    [InlineData('n', '.', LabelState.Missing)]
    public void Harmonise_OnlyTheWayBackIsWritten_IsTurnedRound(char mass, char nodule, LabelState expected)
    {
        CxrIndex index = Handmade.One("nih", LabelSet.Nih14, 'n', ("Mass", mass), ("Nodule", nodule)).Harmonise("vindr");
        Assert.Equal(expected, index.State(index.Records[0], "Nodule/Mass"));
        Assert.Equal(LabelState.Missing, index.State(index.Records[0], "Aortic enlargement"));
    }

    [Fact]
    public void Harmonise_CovidxPneumonia_SaysNothingWhereItIsAbsent()
    {
        CxrIndex index = Handmade.One("covidx", new LabelSet(CovidLabels.OtherPneumonia, CovidLabels.Covid), 'n', (CovidLabels.Covid, 'p')).Harmonise("nih");
        Assert.All(index.Records[0].Labels, state => Assert.Equal(LabelState.Missing, state)); // COVID-19 may be a pneumonia
    }

    [Theory]
    [InlineData('n', LabelState.Missing)]   // no thickening, but perhaps another disease of the pleura
    [InlineData('p', LabelState.Positive)]
    public void Harmonise_OneNarrowerLabelAlone_CantDenyTheTarget(char thickening, LabelState expected)
    {
        CxrIndex index = Handmade.One("nih", LabelSet.Nih14, 'n', ("Pleural_Thickening", thickening)).Harmonise("chexpert");
        Assert.Equal(expected, index.State(index.Records[0], "Pleural Other"));
    }

    [Fact]
    public void Harmonise_LabelWithoutACounterpart_IsMissingAndNoted()
    {
        CxrIndex index = Handmade.One("nih", LabelSet.Nih14, 'n').Harmonise("chexpert");
        Assert.Equal(LabelState.Missing, index.State(index.Records[0], "Fracture"));
        Assert.Contains(index.Notes, note => note.Contains("missing everywhere", StringComparison.Ordinal) && note.Contains("Fracture", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nih,Mass,chexpert,Lung Lesion,same,x", "'same' is no relation")]
    [InlineData("nih,Masss,chexpert,Lung Lesion,equal,x", "has no 'Masss'")]
    [InlineData("nihil,Mass,chexpert,Lung Lesion,equal,x", "no label set 'nihil'")]
    [InlineData("nih,Mass,chexpert,Lung Lesion,equal,", "reason is blank")]
    [InlineData("nih,Hernia,chexpert,Edema,equal,x", "second time")]
    [InlineData("nih,Mass", "fields")]
    public void Load_BadLine_IsNamedWithFileAndLine(string line, string problem)
    {
        using var folder = new TempFolder();
        string file = folder.File("cross.csv");
        File.WriteAllLines(file, ["from_set,from_label,to_set,to_label,relation,reason", "nih,Hernia,chexpert,Edema,equal,a test", line]);
        var error = Assert.Throws<DataFormatException>(() => Crosswalk.Load(file));
        Assert.Equal((file, 3L), (error.File, error.Line));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_SamePatientNumberOfTwoSources_StaysTwoPeople()
    {
        CxrIndex merged = CxrIndex.Merge("both", Handmade.One("nih", LabelSet.Nih14, 'n'), Handmade.One("openi", LabelSet.Nih14, 'p'));
        Assert.Equal(["nih:1", "openi:1"], merged.Records.Select(record => record.PatientId));
        Assert.Equal(["nih:1", "openi:1"], CxrIndex.Merge("again", merged).Records.Select(record => record.PatientId));
    }

    [Fact]
    public void Merge_ChestXray8And14_ShareTheirPatients() =>
        Assert.Equal(1, CxrIndex.Merge("both", Handmade.One("nih", LabelSet.Nih14, 'n'), Handmade.One("nih8", LabelSet.Nih14, 'n')).PatientCount);

    [Fact]
    public void Merge_LungMaskFolder_TakesThePeopleOfItsSources()
    {
        LabelSet labels = new("Tuberculosis");
        var lungs = new CxrIndex("lungs", labels, [Handmade.Record("lungs", "MCUCXR_0001_0.png", "1", "n"), Handmade.Record("lungs", "CHNCXR_0001_0.png", "1", "n")]);
        var montgomery = new CxrIndex("montgomery", labels, [Handmade.Record("montgomery", "MCUCXR_0001_0.png", "1", "n")]);
        Assert.Equal(["montgomery:1", "shenzhen:1", "montgomery:1"], CxrIndex.Merge("both", lungs, montgomery).Records.Select(record => record.PatientId));
    }

    [Fact]
    public void Merge_SetsThatShareImages_AreWarnedOf()
    {
        LabelSet labels = new("A");
        CxrIndex One(string source) => new(source, labels, [Handmade.Record(source, "a.png", "1", "n")]);
        Assert.Contains(CxrIndex.Merge("both", One("nih"), One("rsna")).Notes, note => note.StartsWith("warning: rsna and nih share images", StringComparison.Ordinal));
        Assert.DoesNotContain(CxrIndex.Merge("both", One("nih"), One("padchest")).Notes, note => note.StartsWith("warning", StringComparison.Ordinal));
    }

    [Fact]
    public void Merge_DifferentLabels_IsRefused() =>
        Assert.Throws<ArgumentException>(() => CxrIndex.Merge("both", Handmade.One("nih", LabelSet.Nih14, 'n'), Handmade.One("chexpert", LabelSet.CheXpert14, 'n')));

    [Fact]
    public void MergedTable_WriteAndRead_GivesTheSameRecords()
    {
        using var folder = new TempFolder();
        CxrIndex merged = CxrIndex.Merge("both", NihChestXray14.Read(Sample.Nih), Handmade.One("openi", LabelSet.Nih14, '.', ("Mass", 'u'), ("Edema", 'p'), ("Hernia", 'n')));
        MergedTable.Write(merged, folder.File("merged.csv"));
        CxrIndex read = MergedTable.Read(Path.GetDirectoryName(folder.File("merged.csv"))!, ImageRule.Optional);
        Assert.Equal(241, read.Count);
        Assert.True(merged.Labels.Equals(read.Labels));
        Assert.All(merged.Records.Zip(read.Records), pair =>
        {
            Assert.Equal(pair.First.Labels, pair.Second.Labels);
            Assert.Equal((pair.First.Source, pair.First.ImageId, pair.First.PatientId, pair.First.View, pair.First.Age, pair.First.Sex), (pair.Second.Source, pair.Second.ImageId, pair.Second.PatientId, pair.Second.View, pair.Second.Age, pair.Second.Sex));
            Assert.Equal(pair.First.ImagePath is null ? null : Path.GetFullPath(pair.First.ImagePath), pair.Second.ImagePath);
        });
    }

    [Fact]
    public void MultiClass_Logits123_LeaveTheUncertainOut() => Assert.Equal(0.731059, MultiClassTargets.Positive([1, 2, 3]), 1e-6); // the plain softmax says 0.244728

    [Theory]
    [InlineData('n', 0, 1)]
    [InlineData('p', 1, 1)]
    [InlineData('u', 2, 1)]
    [InlineData('.', 0, 0)]
    public void MultiClass_States_AreThreeClasses(char state, int expected, float known) => Assert.Equal((expected, known), MultiClassTargets.Apply(Handmade.State(state)));

    [Fact]
    public void SelfTrained_OnlyUncertainCellsTakeTheModelsProbability()
    {
        var labels = new LabelSet("A", "B", "C", "D");
        CxrRecord record = Handmade.Record("nih", "a.png", "1", "pnu.");
        var targets = new SelfTrainedTargets(new Predictions(labels, ["a.png"], ["1"], new[,] { { 0.9, 0.8, 0.7, 0.6 } }), LabelPolicy.Ignore);
        Assert.Equal([(1, 1), (0, 1), (0.7f, 1), (0, 0)], labels.Select(finding => targets.Apply(record, labels, finding)));
        Assert.Equal((0, 0), targets.Apply(record with { ImageId = "b.png" }, labels, "C"));
    }
}
