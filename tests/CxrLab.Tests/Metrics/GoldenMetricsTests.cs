using System.Text.Json;
using CxrLab.Metrics;
using Xunit;

namespace CxrLab.Tests.Metrics;

/// <summary>Scores against scikit-learn and SciPy, see Golden/README.md.</summary>
public class GoldenMetricsTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "metrics.json"))).RootElement;

    [Fact]
    public void Ranking_Scores_AreScikitLearns()
    {
        foreach (JsonElement one in Golden.GetProperty("ranking").EnumerateArray())
        {
            (double[] scores, bool[] positive) = (Numbers(one, "s"), Truths(one, "y"));
            Assert.Equal(Number(one, "auroc"), Auroc.Compute(scores, positive), 1e-12);
            Assert.Equal(Number(one, "weighted"), Auroc.Compute(scores, positive, Numbers(one, "w")), 1e-12);
            Assert.Equal(Number(one, "ap"), AveragePrecision.Compute(scores, positive), 1e-12);
            double f1 = F1.Compute(scores, positive);
            Assert.Equal(Number(one, "f1"), double.IsNaN(f1) ? 0 : f1, 1e-12);
            Assert.Equal(Number(one, "sensAtSpec80"), OperatingPoint.AtSpecificity(scores, positive, 0.8).Sensitivity, 1e-12);
        }
    }

    [Fact]
    public void DeLong_StandardErrorAndTest_AreThoseOfAllPairs()
    {
        int compared = 0;
        foreach (JsonElement one in Golden.GetProperty("ranking").EnumerateArray().Where(one => one.TryGetProperty("delongSe", out _)))
        {
            (double[] scores, double[] other, bool[] positive) = (Numbers(one, "s"), Numbers(one, "s2"), Truths(one, "y"));
            DeLongInterval interval = DeLong.Interval(scores, positive);
            Assert.Equal(Number(one, "auroc"), interval.Value, 1e-12);
            Assert.Equal(Number(one, "delongSe"), interval.StandardError, 1e-12);
            DeLongTest test = DeLong.Compare(scores, other, positive);
            Assert.Equal(Number(one, "pairedDiff"), test.Difference, 1e-12);
            Assert.Equal(Number(one, "pairedSe"), test.StandardError, 1e-12);
            Assert.Equal(Number(one, "pairedP"), test.P, 1e-9);
            compared++;
        }

        Assert.True(compared >= 4);
    }

    [Fact]
    public void Kappa_ThreeWeights_AreScikitLearns()
    {
        foreach (JsonElement one in Golden.GetProperty("kappa").EnumerateArray())
        {
            int[] a = [.. Numbers(one, "a").Select(value => (int)value)], b = [.. Numbers(one, "b").Select(value => (int)value)];
            Assert.Equal(Number(one, "none"), Kappa.Cohen(a, b), 1e-12);
            Assert.Equal(Number(one, "linear"), Kappa.Cohen(a, b, KappaWeights.Linear), 1e-12);
            Assert.Equal(Number(one, "quadratic"), Kappa.Cohen(a, b, KappaWeights.Quadratic), 1e-12);
        }
    }

    [Fact]
    public void Masks_OverlapAndDistance_AreScikitLearnsAndSciPys()
    {
        foreach (JsonElement one in Golden.GetProperty("masks").EnumerateArray())
        {
            bool[] a = Truths(one, "a"), b = Truths(one, "b");
            int h = one.GetProperty("h").GetInt32(), w = one.GetProperty("w").GetInt32();
            double dice = MaskOverlap.Dice(a, b, EmptyMasks.LeaveOut), iou = MaskOverlap.IoU(a, b, EmptyMasks.LeaveOut);
            Assert.Equal(Number(one, "dice"), dice, 1e-12);
            Assert.Equal(Number(one, "iou"), iou, 1e-12);
            Assert.Equal(2 * iou / (1 + iou), dice, 1e-12);
            Assert.Equal(Number(one, "hd"), Hausdorff.Compute(Grid(a, h, w), Grid(b, h, w), percentile: 100), 1e-9);
            Assert.Equal(Number(one, "hd95"), Hausdorff.Compute(Grid(a, h, w), Grid(b, h, w)), 1e-9);
            Assert.Equal(0.5 * Number(one, "hd95"), Hausdorff.Compute(Grid(b, h, w), Grid(a, h, w), spacing: 0.5), 1e-9);
        }
    }

    [Fact]
    public void Calibration_FitsAndBins_AreThoseOfAGeneralMinimiser()
    {
        foreach (JsonElement one in Golden.GetProperty("calibration").EnumerateArray())
        {
            (double[] p, bool[] y) = (Numbers(one, "p"), Truths(one, "y"));
            Assert.Equal(Number(one, "slope"), Calibrator.Temperature(p, y).Slope, 1e-5);
            Calibrator platt = Calibrator.Platt(p, y);
            Assert.Equal(Number(one, "plattSlope"), platt.Slope, 1e-5);
            Assert.Equal(Number(one, "plattOffset"), platt.Offset, 1e-5);
            Reliability reliability = Reliability.Compute(p, y);
            Assert.Equal(Numbers(one, "observed"), reliability.Bins.Select(bin => bin.Observed), (a, b) => Math.Abs(a - b) < 1e-12);
            Assert.Equal(Numbers(one, "predicted"), reliability.Bins.Select(bin => bin.Predicted), (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Fact]
    public void RSquared_IsScikitLearns()
    {
        foreach (JsonElement one in Golden.GetProperty("r2").EnumerateArray())
            Assert.Equal(Number(one, "r2"), RSquared.Compute(Numbers(one, "p"), Numbers(one, "y")), 1e-12);
    }

    private static bool[,] Grid(bool[] mask, int h, int w)
    {
        var grid = new bool[h, w];
        for (int i = 0; i < mask.Length; i++) grid[i / w, i % w] = mask[i];
        return grid;
    }

    private static double Number(JsonElement one, string name) => one.GetProperty(name).GetDouble();

    private static double[] Numbers(JsonElement one, string name) => [.. one.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static bool[] Truths(JsonElement one, string name) => [.. Numbers(one, name).Select(value => value == 1)];
}
