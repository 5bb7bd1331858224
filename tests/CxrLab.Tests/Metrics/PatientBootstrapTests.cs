using CxrLab.Metrics;
using Xunit;

namespace CxrLab.Tests.Metrics;

public class PatientBootstrapTests
{
    [Fact]
    public void Auroc_SameSeed_GivesSameInterval()
    {
        (double[] scores, bool[] positive, string[] patients) = MetricCases.Patients(60, 2, 1);
        Score first = new PatientBootstrap(patients, 300, seed: 5).Auroc(scores, positive);
        Assert.Equal(first, new PatientBootstrap(patients, 300, seed: 5).Auroc(scores, positive));
        Assert.NotEqual(first.Low, new PatientBootstrap(patients, 300, seed: 6).Auroc(scores, positive).Low);
    }

    [Fact]
    public void Auroc_ManyCases_LiesInItsIntervalAndCountsWhatIsBehindIt()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            (double[] scores, bool[] positive, string[] patients) = MetricCases.Patients(60, 2, seed);
            Score score = new PatientBootstrap(patients, 200).Auroc(scores, positive);
            Assert.Equal(Auroc.Compute(scores, positive), score.Value);
            Assert.InRange(score.Value, score.Low, score.High);
            Assert.InRange(score.Low, 0, score.High);
            Assert.InRange(score.High, score.Low, 1);
            Assert.Equal((40, 120, 60), (score.Positives, score.Images, score.Patients));
        }
    }

    [Fact]
    public void Auroc_ImagesOfOnePatientAlike_WidensTheInterval()
    {
        (double[] scores, bool[] positive, string[] patients) = MetricCases.Patients(60, 6, 2);
        Score byPatient = new PatientBootstrap(patients, 500).Auroc(scores, positive);
        Score byImage = new PatientBootstrap([.. Enumerable.Range(0, 360).Select(i => "i" + i)], 500).Auroc(scores, positive);
        Assert.True(byPatient.High - byPatient.Low > 1.5 * (byImage.High - byImage.Low), $"{byPatient} against {byImage}");
    }

    [Fact]
    public void Auroc_HigherConfidence_WidensTheInterval()
    {
        (double[] scores, bool[] positive, string[] patients) = MetricCases.Patients(60, 1, 3);
        Score half = new PatientBootstrap(patients, 300, confidence: 0.5).Auroc(scores, positive), most = new PatientBootstrap(patients, 300, confidence: 0.99).Auroc(scores, positive);
        Assert.True(most.Low < half.Low && half.High < most.High);
    }

    [Fact]
    public void Auroc_RightScores_HasNoWidth()
    {
        Score score = new PatientBootstrap(["a", "b", "c", "d"], 200).Auroc([1, 2, 3, 4], [false, false, true, true]);
        Assert.Equal((1, 1, 1), (score.Value, score.Low, score.High)); // resamples of one class are left out
    }

    [Fact]
    public void AurocDifference_SameScores_IsZero()
    {
        (double[] scores, bool[] positive, string[] patients) = MetricCases.Patients(60, 2, 4);
        ScoreDifference difference = new PatientBootstrap(patients, 200).AurocDifference(scores, [.. scores.Select(score => 2 * score + 1)], positive);
        Assert.Equal(new ScoreDifference(0, 0, 0, 1), difference);
    }

    [Fact]
    public void AurocDifference_BetterAndWorse_HaveOppositeSigns()
    {
        (double[] scores, bool[] positive, string[] patients) = MetricCases.Patients(90, 2, 5);
        Random random = Seed.Random(9);
        double[] guessed = [.. scores.Select(_ => random.NextDouble())];
        var bootstrap = new PatientBootstrap(patients, 300);
        ScoreDifference better = bootstrap.AurocDifference(scores, guessed, positive), worse = bootstrap.AurocDifference(guessed, scores, positive);
        Assert.Equal(Auroc.Compute(scores, positive) - Auroc.Compute(guessed, positive), better.Value, 1e-12);
        Assert.Equal(better.Value, -worse.Value, 1e-12);
        Assert.Equal(better.Low, -worse.High, 1e-12);
        Assert.True(better.Low > 0 && better.ShareNotAbove < 0.02 && worse.ShareNotAbove > 0.98, better.ToString());
    }

    [Fact]
    public void AurocDifference_Paired_IsNarrowerThanTheScoresAlone()
    {
        (double[] scores, bool[] positive, string[] patients) = MetricCases.Patients(90, 2, 6);
        Random random = Seed.Random(10);
        double[] alike = [.. scores.Select(score => score + 0.1 * random.NextGaussian())];
        var bootstrap = new PatientBootstrap(patients, 300);
        ScoreDifference difference = bootstrap.AurocDifference(scores, alike, positive);
        Score score = bootstrap.Auroc(scores, positive);
        Assert.True(difference.High - difference.Low < 0.5 * (score.High - score.Low), $"{difference} against {score}");
    }

    [Fact]
    public void Constructor_OutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PatientBootstrap(["a"], resamples: 99));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PatientBootstrap(["a"], confidence: 1));
        Assert.Throws<ArgumentException>(() => new PatientBootstrap(["a"]).Auroc([1, 2], [true, false]));
    }
}
