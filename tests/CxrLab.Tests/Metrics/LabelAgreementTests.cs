using CxrLab.Metrics;
using Xunit;

namespace CxrLab.Tests.Metrics;

public class LabelAgreementTests
{
    [Fact]
    public void CountsByHand()
    {
        // Label a: 2 hits, 1 false alarm, 1 miss. Label b: 1 hit, 0, 2 misses.
        bool[][] predicted = [[true, true], [true, false], [true, false], [false, false]];
        bool[][] truth = [[true, true], [true, true], [false, true], [true, false]];
        LabelAgreement agreement = LabelAgreement.Compute(["a", "b"], predicted, truth);
        Assert.Equal((2 / 3.0, 2 / 3.0, 2 / 3.0), (agreement.Labels[0].Precision, agreement.Labels[0].Recall, agreement.Labels[0].F1));
        Assert.Equal((1.0, 1 / 3.0, 0.5), (agreement.Labels[1].Precision, agreement.Labels[1].Recall, agreement.Labels[1].F1));
        Assert.Equal(2 * 3.0 / (2 * 3 + 1 + 3), agreement.Micro.F1);
        Assert.Equal((2 / 3.0 + 0.5) / 2, agreement.MacroF1, 12);
        Assert.Equal(2.0 * 3 / (3 + 4), agreement.Labels[0].BlindF1); // precision 3/4, recall 1
        Assert.All(agreement.Labels, label => Assert.InRange(label.F1, label.Low, label.High));
    }

    [Fact]
    public void ALabelThatNeverOccurs_HasNoScore_AndDoesNotEnterTheMean()
    {
        LabelAgreement agreement = LabelAgreement.Compute(["a", "never"], [[true, false]], [[true, false]]);
        Assert.True(double.IsNaN(agreement.Labels[1].F1));
        Assert.Equal(1, agreement.MacroF1);
    }

    [Fact]
    public void Interval_CoversTheTruthAboutAsOftenAsItSays()
    {
        // 200 draws of 150 cases from a labeler with recall 0.8 and false alarms 0.1 at prevalence 0.3: F1 of the population 0.787.
        Random random = new(3);
        double population = 2 * 0.3 * 0.8 / ((2 * 0.3 * 0.8) + (0.7 * 0.1) + (0.3 * 0.2));
        int covered = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            var rows = Enumerable.Range(0, 150).Select(_ => random.NextDouble() < 0.3).Select(truth => (Truth: truth, Call: random.NextDouble() < (truth ? 0.8 : 0.1))).ToArray();
            LabelScore score = LabelAgreement.Compute(["a"], [.. rows.Select(row => new[] { row.Call })], [.. rows.Select(row => new[] { row.Truth })], 200, trial).Labels[0];
            if (score.Low <= population && population <= score.High) covered++;
        }

        Assert.InRange(covered, 176, 200); // 88 % to 100 % of the trials; the promise is 95 %
    }

    [Fact]
    public void ShapesThatDiffer_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => LabelAgreement.Compute(["a"], [[true]], []));
        Assert.Throws<ArgumentException>(() => LabelAgreement.Compute(["a"], [[true, false]], [[true, false]]));
    }
}
