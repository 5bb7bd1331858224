using System.Globalization;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Metrics;

public sealed class TableTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void SaveAndLoad_AnyCulture_IsARoundTrip(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var saved = new Predictions(new LabelSet("Mass", "Fluid, \"free\""), ["a,b.png", "c \"d\".png", "ö.png"], ["1", "1", "x, y"],
                new[,] { { 0, 1 }, { 0.123456, 0.5 }, { 0.999999, 0.000001 } });
            saved.Save(folder.File("PRED.csv"));
            Predictions loaded = Predictions.Load(folder.File("PRED.csv"));
            Assert.Equal(saved.Labels, loaded.Labels);
            Assert.Equal(saved.Images, loaded.Images);
            Assert.Equal(saved.Patients, loaded.Patients);
            Assert.Equal(saved.Probabilities, loaded.Probabilities);
            Assert.Equal([1, 0.5, 0.000001], loaded.Column("Fluid, \"free\""));
            Assert.Contains("0.123456000,0.500000000\n", File.ReadAllText(folder.File("PRED.csv")), StringComparison.Ordinal);
            Assert.Equal(["PRED.csv"], folder.Names());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("image,patient,Mass\na,1,0.5\nb,2,1.5\n", 3, "1.5")]
    [InlineData("image,patient,Mass\na,1,-0.01\n", 2, "-0.01")]
    [InlineData("image,patient,Mass\na,1,NaN\n", 2, "NaN")]
    [InlineData("image,patient,Mass\na,1,\n", 2, "Mass")]
    [InlineData("image,patient,Mass\na,1,\"0,5\"\n", 2, "0,5")]
    [InlineData("image,patient,Mass\na,1,0.5\nb,2,0.5\na,1,0.5\n", 4, "second time")]
    [InlineData("image,patient,Mass,Edema\na,1,0.5\n", 2, "cut off")]
    [InlineData("image,Mass\na,0.5\n", 1, "patient")]
    [InlineData("file,patient,Mass\na,1,0.5\n", 1, "image")]
    [InlineData("image,patient\na,1\n", 1, "no column")]
    public void PredictionsLoad_Fault_NamesFileAndLine(string text, int line, string words)
    {
        string path = folder.File("PRED.csv");
        File.WriteAllText(path, text);
        var error = Assert.Throws<DataFormatException>(() => Predictions.Load(path));
        Assert.Equal((path, (long?)line), (error.File, error.Line));
        Assert.StartsWith($"{path}, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFile_NamesIt()
    {
        string path = folder.File("missing.csv");
        Assert.Equal(path, Assert.Throws<DataFormatException>(() => Predictions.Load(path)).File);
        Assert.Equal(path, Assert.Throws<DataFormatException>(() => Truth.Load(path)).File);
    }

    [Fact]
    public void Predictions_FaultyCells_AreRefused()
    {
        var mass = new LabelSet("Mass");
        Assert.Throws<ArgumentException>(() => new Predictions(mass, ["a"], ["1"], new[,] { { 1.5 } }));
        Assert.Throws<ArgumentException>(() => new Predictions(mass, ["a"], ["1"], new[,] { { double.NaN } }));
        Assert.Throws<ArgumentException>(() => new Predictions(mass, ["a", "a"], ["1", "1"], new double[2, 1]));
        Assert.Throws<ArgumentException>(() => new Predictions(mass, ["a"], ["1", "2"], new double[1, 1]));
        Assert.Throws<ArgumentException>(() => new Predictions(mass, ["a"], ["1"], new double[1, 2]));
        Assert.Throws<ArgumentException>(() => new Predictions(mass, ["a"], ["1"], new double[1, 1]).Column("Edema"));
    }

    [Fact]
    public void TruthLoad_Table_HasEveryState()
    {
        string path = folder.File("TRUTH.csv");
        File.WriteAllText(path, "image,patient,Mass,view,age,sex,Edema\na,1,1,AP,63,F,0\nb,2,-1,pa,,Male,\nc,3,1.0,?,x,,-1.0\n");
        Truth truth = Truth.Load(path);
        Assert.Equal(new LabelSet("Mass", "Edema"), truth.Labels);
        Assert.True(truth.HasDemographics);
        Assert.Equal([LabelState.Positive, LabelState.Negative], truth.Rows[0].States);
        Assert.Equal([LabelState.Uncertain, LabelState.Missing], truth.Rows[1].States);
        Assert.Equal([LabelState.Positive, LabelState.Uncertain], truth.Rows[2].States);
        Assert.Equal([(View.AP, 63.0, Sex.Female), (View.PA, null, Sex.Male), (View.Unknown, null, Sex.Unknown)],
            truth.Rows.Select(row => (row.View, row.Age, row.Sex)));
    }

    [Theory]
    [InlineData("image,patient,Mass\na,1,0\nb,2,2\n", 3, "'2'")]
    [InlineData("image,patient,Mass\na,1,yes\n", 2, "yes")]
    [InlineData("image,patient,Mass\na,1,0.5\n", 2, "0.5")]
    [InlineData("image,patient,Mass\na,1,0\na,1,1\n", 3, "second time")]
    [InlineData("image,patient,Mass,Edema\na,1,0\n", 2, "cut off")]
    [InlineData("image,Mass\na,1\n", 1, "patient")]
    [InlineData("image,patient,view,age,sex\na,1,PA,5,F\n", 1, "no column")]
    public void TruthLoad_Fault_NamesFileAndLine(string text, int line, string words)
    {
        string path = folder.File("TRUTH.csv");
        File.WriteAllText(path, text);
        var error = Assert.Throws<DataFormatException>(() => Truth.Load(path));
        Assert.Equal((path, (long?)line), (error.File, error.Line));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
