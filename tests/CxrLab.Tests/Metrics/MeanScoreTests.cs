using CxrLab.Metrics;
using Xunit;

namespace CxrLab.Tests.Metrics;

public class MeanScoreTests
{
    [Fact]
    public void Mean_IndependentImages_HasTheTextbookInterval()
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())];
        MeanScore score = new PatientBootstrap([.. Enumerable.Range(0, 400).Select(i => "p" + i)], 2000, seed: 1).Mean(values);
        double mean = values.Average(), error = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) / 400);
        Assert.Equal(mean, score.Value, 12);
        Assert.Equal(mean - (1.96 * error), score.Low, 0.15 * error);
        Assert.Equal(mean + (1.96 * error), score.High, 0.15 * error);
        Assert.Equal((400, 400), (score.Images, score.Patients));
    }

    [Fact]
    public void Mean_ImagesOfOnePatientAlike_WidensTheInterval()
    {
        var random = new Random(4);
        double[] patients = [.. Enumerable.Range(0, 50).Select(_ => random.NextDouble())], values = [.. patients.SelectMany(value => Enumerable.Repeat(value, 8))];
        MeanScore byPatient = new PatientBootstrap([.. Enumerable.Range(0, 400).Select(i => "p" + (i / 8))], seed: 1).Mean(values);
        MeanScore byImage = new PatientBootstrap([.. Enumerable.Range(0, 400).Select(i => "i" + i)], seed: 1).Mean(values);
        Assert.True(byPatient.High - byPatient.Low > 2 * (byImage.High - byImage.Low), $"{byPatient} against {byImage}");
    }

    [Fact]
    public void Mean_NaN_LeavesTheImageOut()
    {
        var bootstrap = new PatientBootstrap(["a", "a", "b", "c"]);
        MeanScore score = bootstrap.Mean([1, double.NaN, 0, double.NaN]);
        Assert.Equal((0.5, 2, 2), (score.Value, score.Images, score.Patients));
        Assert.True(double.IsNaN(bootstrap.Mean([double.NaN, double.NaN, double.NaN, double.NaN]).Value));
        Assert.Throws<ArgumentException>(() => bootstrap.Mean([1.0]));
    }
}
