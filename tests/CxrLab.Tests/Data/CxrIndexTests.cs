using CxrLab.Data;
using Xunit;

namespace CxrLab.Tests.Data;

public class CxrIndexTests
{
    private static readonly CxrIndex Index = NihChestXray14.Read(Sample.Nih);

    [Fact]
    public void Where_DropsAndCounts()
    {
        CxrIndex frontal = Index.Where(record => record.View == View.PA, "PA only");
        Assert.True(frontal.Count is > 0 and < 240);
        Assert.Contains(frontal.Notes, note => note == $"kept {frontal.Count} of 240 images: PA only");
    }

    [Fact]
    public void Relabel_UnknownFinding_IsMissingNotNegative() =>
        Assert.All(Index.Relabel(new LabelSet("Fracture", "Mass")).Records, record => Assert.Equal(LabelState.Missing, record.Labels[0]));

    [Fact]
    public void SplitByPatient_SharesNoPatientAndIgnoresTheRowsOrder()
    {
        PatientSplit split = Index.SplitByPatient(7);
        var reversed = new CxrIndex("reversed", Index.Labels, Index.Records.Reverse());
        Assert.Equal(240, split.Parts.Sum(part => part.Index.Count));
        Assert.Equal(split.Test.Records.Select(record => record.ImageId).Order(), reversed.SplitByPatient(7).Test.Records.Select(record => record.ImageId).Order());
    }

    [Fact]
    public void PatientFold_TheFoldsCoverEveryImageOnce() =>
        Assert.Equal(Index.Records.Select(record => record.ImageId).Order(),
            Enumerable.Range(1, 5).SelectMany(fold => Index.PatientFold(3, fold, 5).Test.Records).Select(record => record.ImageId).Order());

    [Fact]
    public void PatientSplit_SharedPatient_IsRefusedByName()
    {
        var error = Assert.Throws<ArgumentException>(() => new PatientSplit("leaky", Index, Index, Index));
        Assert.Contains("Patient 1 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_ImageTwice_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new CxrIndex("twice", Index.Labels, [Index.Records[0], Index.Records[0]]));

    [Fact]
    public void ToDataFrame_HasAColumnPerFindingWithOnesAndZeros()
    {
        Microsoft.Data.Analysis.DataFrame frame = Index.ToDataFrame();
        Assert.Equal((240L, 22), (frame.Rows.Count, frame.Columns.Count));
        Assert.Equal(Index.Totals().Single(total => total.Finding == "Mass").Positive, Convert.ToInt32(frame["Mass"].Sum(), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void LabelSet_UnknownName_SuggestsTheNearest()
    {
        var error = Assert.Throws<ArgumentException>(() => LabelSet.Nih14.IndexOf("Pneumotorax"));
        Assert.Contains("did you mean 'Pneumothorax'?", error.Message, StringComparison.Ordinal);
    }
}
