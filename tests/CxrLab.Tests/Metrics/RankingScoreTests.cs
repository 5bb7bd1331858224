using System.Text.Json;
using CxrLab.Metrics;
using Xunit;

namespace CxrLab.Tests.Metrics;

public class RankingScoreTests
{
    [Fact]
    public void Compute_ScikitLearnsCases_IsScikitLearnsScore()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "golden.json")));
        JsonElement sk = golden.RootElement.GetProperty("sk");
        bool[] positive = [.. sk.GetProperty("y").EnumerateArray().Select(value => value.GetInt32() == 1)];
        double[] scores = [.. sk.GetProperty("s").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal(sk.GetProperty("auroc").GetDouble(), Auroc.Compute(scores, positive), 1e-12);
        Assert.Equal(sk.GetProperty("ap").GetDouble(), AveragePrecision.Compute(scores, positive), 1e-12);
        Assert.Equal(sk.GetProperty("f1@.5").GetDouble(), F1.Compute(scores, positive), 1e-12);
    }

    [Fact]
    public void Auroc_TiedCases_IsTheShareOfRightlyOrderedPairs()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            (double[] scores, bool[] positive) = MetricCases.Tied(seed);
            double wins = 0, pairs = 0;
            for (int i = 0; i < scores.Length; i++)
            {
                for (int j = 0; j < scores.Length; j++)
                {
                    if (!positive[i] || positive[j]) continue;
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }

            Assert.Equal(wins / pairs, Auroc.Compute(scores, positive), 1e-12);
        }
    }

    [Fact]
    public void Auroc_MonotoneMap_StaysAndReversedIsItsComplement()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            (double[] scores, bool[] positive) = MetricCases.Tied(seed);
            double auroc = Auroc.Compute(scores, positive);
            Assert.Equal(auroc, Auroc.Compute([.. scores.Select(score => Math.Exp(3 * score) - 7)], positive));
            Assert.Equal(auroc, Auroc.Compute([.. scores.Select(score => score * score * score)], positive));
            Assert.Equal(1 - auroc, Auroc.Compute([.. scores.Select(score => -score)], positive), 1e-12);
            Assert.Equal(1 - auroc, Auroc.Compute(scores, [.. positive.Select(value => !value)]), 1e-12);
        }
    }

    [Fact]
    public void AveragePrecision_TiedCases_IsTheSumOverThresholds()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            (double[] scores, bool[] positive) = MetricCases.Tied(seed);
            double all = positive.Count(value => value), recall = 0, expected = 0;
            foreach (double threshold in scores.Distinct().OrderDescending())
            {
                double hits = Enumerable.Range(0, scores.Length).Count(i => scores[i] >= threshold && positive[i]);
                expected += (hits / all - recall) * hits / scores.Count(score => score >= threshold);
                recall = hits / all;
            }

            Assert.Equal(expected, AveragePrecision.Compute(scores, positive), 1e-12);
        }
    }

    [Fact]
    public void Compute_OneClass_IsNaN()
    {
        Assert.Equal(double.NaN, Auroc.Compute([0.1, 0.2], [true, true]));
        Assert.Equal(double.NaN, Auroc.Compute([0.1, 0.2], [false, false]));
        Assert.Equal(double.NaN, Auroc.Compute([], []));
        Assert.Equal(double.NaN, AveragePrecision.Compute([0.1, 0.2], [false, false]));
        Assert.Equal(1, AveragePrecision.Compute([0.1, 0.2], [true, true]));
        Assert.Equal(double.NaN, F1.Compute([0.1, 0.2], [false, false]));
        Assert.Equal(0, F1.Compute([0.1, 0.2], [true, true]));
    }

    [Fact]
    public void Compute_BrokenInput_IsRefused()
    {
        Assert.Contains("Score 1 is NaN", Assert.Throws<ArgumentException>(() => Auroc.Compute([0.1, double.NaN], [true, false])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => AveragePrecision.Compute([double.NaN, 1], [true, false]));
        Assert.Throws<ArgumentException>(() => Auroc.Compute([0.1], [true, false]));
        Assert.Throws<ArgumentException>(() => F1.Compute([0.1], [true, false]));
        Assert.Throws<ArgumentException>(() => RocCurve.Compute([0.1, 0.2], [true, true]));
        Assert.Throws<ArgumentException>(() => RocCurve.Compute([0.1, 0.2], [false, false]));
    }

    [Fact]
    public void F1_ScoreAtTheThreshold_CountsAsPositive()
    {
        Assert.Equal(1, F1.Compute([0.5, 0.49], [true, false]));
        Assert.Equal(2.0 / 3, F1.Compute([0.3, 0.3, 0.1], [true, false, false], 0.3), 1e-12);
    }

    [Fact]
    public void RocCurve_TiedCases_RisesFromZeroToOneAndHoldsTheAuroc()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            (double[] scores, bool[] positive) = MetricCases.Tied(seed);
            var curve = RocCurve.Compute(scores, positive);
            Assert.Equal((0, 0), curve[0]);
            Assert.Equal((1, 1), curve[^1]);
            Assert.Equal(scores.Distinct().Count() + 1, curve.Count);
            double area = 0;
            for (int i = 1; i < curve.Count; i++)
            {
                Assert.True(curve[i].FalsePositiveRate >= curve[i - 1].FalsePositiveRate && curve[i].TruePositiveRate >= curve[i - 1].TruePositiveRate);
                area += (curve[i].FalsePositiveRate - curve[i - 1].FalsePositiveRate) * (curve[i].TruePositiveRate + curve[i - 1].TruePositiveRate) / 2;
            }

            Assert.Equal(Auroc.Compute(scores, positive), area, 1e-12);
        }
    }
}
