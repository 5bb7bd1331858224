using CxrLab.Metrics;
using Xunit;

namespace CxrLab.Tests.Metrics;

/// <summary>Scores of marks, boxes, heat maps and readers, against sums done by hand or by full enumeration.</summary>
public class ReadingScoreTests
{
    private const double None = double.NegativeInfinity;

    // Two abnormal images (3 lesions) and two normal ones; lesion 1 of the first image is never marked.
    private static readonly LesionCase[] Cases =
    [
        new(2, [new(0.9, 0), new(0.4, -1)]),
        new(1, [new(0.3, 0), new(0.6, -1)]),
        new(0, [new(0.5, -1)]),
        new(0, []),
    ];

    [Fact]
    public void Jafroc_ByHand() // lesions .9, -inf, .3 against normals .5, -inf: (1 + 1 + 0 + .5 + 0 + 1) / 6
        => Assert.Equal(3.5 / 6, Jafroc.FigureOfMerit(Cases), 1e-12);

    [Fact]
    public void Froc_ByHand()
    {
        Assert.Equal([(0, 0), (0, 1 / 3.0), (0.25, 1 / 3.0), (0.5, 1 / 3.0), (0.75, 1 / 3.0), (0.75, 2 / 3.0)], Froc.Curve(Cases));
        Assert.Equal(1 / 3.0, Froc.SensitivityAt(Cases, 0.5));
        Assert.Equal(2 / 3.0, Froc.SensitivityAt(Cases, 1));
    }

    [Fact]
    public void Lroc_ByHand() // only the first image is rightly located, before any normal image is called
    {
        Assert.Equal([(0, 0), (0, 0.5), (0, 0.5), (0.5, 0.5), (1, 0.5)], Lroc.Curve(Cases));
        Assert.Equal(0.5, Lroc.Area(Cases), 1e-12);
    }

    [Fact]
    public void Jafroc_OneLesionPerImageAndTrueMarksOnly_IsTheAuroc()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            (double[] scores, bool[] positive) = MetricCases.Tied(seed);
            LesionCase[] cases = [.. scores.Select((score, i) => new LesionCase(positive[i] ? 1 : 0, [new LesionMark(score, positive[i] ? 0 : -1)]))];
            if (positive.All(value => value)) continue;
            Assert.Equal(Auroc.Compute(scores, positive), Jafroc.FigureOfMerit(cases), 1e-12);
            Assert.Equal(Auroc.Compute(scores, positive), Lroc.Area(cases), 1e-12);
        }
    }

    [Fact]
    public void Marks_ThatCantBe_AreNamed()
    {
        Assert.Contains("lesion 2", Assert.Throws<ArgumentException>(() => Froc.Curve([new(1, [new(1, 2)])])).Message, StringComparison.Ordinal);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => Jafroc.FigureOfMerit([new(1, [new(double.NaN, 0)]), new(0, [])])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Lroc.Curve([new(1, [])]));
        Assert.Equal(None, new LesionCase(1, []).HighestFalse);
    }

    [Fact]
    public void MeanAveragePrecision_ByHand()
    {
        Box box = new(0, 0, 10, 10), near = new(1, 0, 10, 10), far = new(50, 50, 10, 10);
        DetectedBox[] truth = [new("a", "Mass", box), new("b", "Mass", box), new("b", "Edema", far)];
        // Mass in falling order: hit, second box on the same truth (false), hit → precision 1, 1/2, 2/3; made monotone 1, 2/3, 2/3: 0.5·1 + 0.5·2/3.
        DetectedBox[] found = [new("a", "Mass", near, 0.9), new("a", "Mass", box, 0.8), new("b", "Mass", near, 0.7), new("b", "Edema", box, 0.9)];
        (double mean, IReadOnlyDictionary<string, double> per) = MeanAveragePrecision.Compute(found, truth);
        Assert.Equal(5 / 6.0, per["Mass"], 1e-12);
        Assert.Equal(0, per["Edema"]);
        Assert.Equal(5 / 12.0, mean, 1e-12);
        Assert.Equal(0, MeanAveragePrecision.Compute(found, truth, threshold: 0.99).PerFinding["Edema"]);
        Assert.True(double.IsNaN(MeanAveragePrecision.Compute(found, []).Mean));
    }

    [Fact]
    public void Localisation_SmallBoxInside_CountsByIoBBOnly()
    {
        Box truth = new(0, 0, 10, 10), inside = new(4, 4, 2, 2), away = new(20, 20, 5, 5);
        LocatedCase[] cases = [new("1", truth, [inside, away]), new("1", truth, []), new("2", truth, [truth]), new("3", truth, [away])];
        LocalisationScore iou = Localisation.Score(cases, 0.5), iobb = Localisation.Score(cases, 0.5, BoxMeasure.IoBB);
        Assert.Equal((0.25, 0.75, 4), (iou.Accuracy, iou.AverageFalsePositives, iou.Cases));
        Assert.Equal((0.5, 0.5), (iobb.Accuracy, iobb.AverageFalsePositives));
        Assert.True(iou.Low <= iou.Accuracy && iou.Accuracy <= iou.High && iou.Low < iou.High);
        Assert.Equal(iou, Localisation.Score(cases, 0.5)); // seeded
    }

    [Fact]
    public void Heat_PointsAndEnergy_ByHand()
    {
        float[,] heat = { { 0, 1, 0 }, { 0, 3, -5 } };
        Assert.True(HeatScores.Points(heat, new Box(1, 1, 1, 1)));
        Assert.False(HeatScores.Points(heat, new Box(0, 0, 1, 1)));
        Assert.True(HeatScores.Points(heat, new Box(0, 0, 1, 1), tolerance: 1));
        Assert.Equal(0.75, HeatScores.EnergyInBox(heat, new Box(1, 1, 2, 1)), 1e-12);
        Assert.Equal(0.5, HeatScores.EnergyInBox(heat, new Box(1, 0, 0.5, 2)), 1e-12);
        Assert.Equal(0.25, HeatScores.EnergyInBox(new float[4, 4].Fill(2), new Box(0, 0, 2, 2)), 1e-12); // even heat has the box's share
        Assert.True(double.IsNaN(HeatScores.EnergyInBox(new float[2, 2], new Box(0, 0, 1, 1))));
        Assert.False(HeatScores.Points(new float[2, 2], new Box(0, 0, 1, 1))); // a flat map points nowhere
        Assert.Throws<ArgumentException>(() => HeatScores.Points(new[,] { { float.NaN } }, new Box(0, 0, 1, 1)));
    }

    [Fact]
    public void Masks_Empty_ScoreAsTheCallerSays()
    {
        bool[] empty = [false, false], full = [true, false];
        Assert.Equal(1, MaskOverlap.Dice(empty, empty, EmptyMasks.CountAsOne));
        Assert.Equal(0, MaskOverlap.IoU(empty, empty, EmptyMasks.CountAsZero));
        Assert.True(double.IsNaN(MaskOverlap.Dice(empty, empty, EmptyMasks.LeaveOut)));
        Assert.Equal(0, MaskOverlap.Dice(empty, full, EmptyMasks.CountAsOne));
        Assert.Equal(0, Hausdorff.Compute(new bool[2, 2], new bool[2, 2]));
        Assert.Equal(double.PositiveInfinity, Hausdorff.Compute(new bool[2, 2], new[,] { { true, false }, { false, false } }));

        var running = new RunningOverlap(EmptyMasks.LeaveOut);
        running.Update(empty, empty);
        running.Update(full, full);
        running.Update(empty, full);
        Assert.Equal((0.5, 0.5, 2 / 3.0), running.Compute());
        Assert.Throws<ArgumentException>(() => running.Update(empty, [true]));
        Assert.Equal(3, running.Images);
        running.Reset();
        Assert.True(double.IsNaN(running.Compute().MeanDice));
    }

    [Fact]
    public void Fleiss_ByHand_AndPerfectAgreement()
    {
        // Four cases, three readers, two categories: P = (1 + 1/3 + 1/3 + 1) / 4 = 2/3; shares 6/12 each, chance 1/2.
        Assert.Equal((2 / 3.0 - 0.5) / 0.5, Kappa.Fleiss(new[,] { { 3, 0 }, { 2, 1 }, { 1, 2 }, { 0, 3 } }), 1e-12);
        Assert.Equal(1, Kappa.Fleiss(new[,] { { 3, 0 }, { 0, 3 } }), 1e-12);
        Assert.True(double.IsNaN(Kappa.Fleiss(new[,] { { 3, 0 } })));
        Assert.Throws<ArgumentException>(() => Kappa.Fleiss(new[,] { { 3, 0 }, { 1, 1 } }));
    }

    [Fact]
    public void RadiologistF1_ModelThatCopiesAReader_BeatsTheMeanOfReaders()
    {
        bool[] a = [true, true, false, false, true, false], b = [true, false, false, false, true, true], c = [true, true, true, false, false, false];
        RadiologistComparison result = RadiologistF1.Compute([a, b, c], a);
        // F(a, b) = F(a, c) = 2/3, F(b, c) = 1/3.
        Assert.Equal([2 / 3.0, 0.5, 0.5], result.Readers, (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal((1 + 2 / 3.0 + 2 / 3.0) / 3, result.Model.Value, 1e-12);
        Assert.Equal(result.Model.Value - result.ReaderMean.Value, result.Difference.Value, 1e-12);
        Assert.True(result.Difference.Low < result.Difference.Value && result.Difference.Value < result.Difference.High);
    }

    [Fact]
    public void DecisionCurve_ByHand()
    {
        DecisionPoint point = Assert.Single(DecisionCurve.Compute([0.9, 0.6, 0.4, 0.1], [true, false, true, false], [0.5]));
        Assert.Equal((0.5, 0, 0), (point.Threshold, point.Model, point.Everybody)); // one hit, one alarm at odds 1
        Assert.Equal(99, DecisionCurve.Compute([0.9, 0.1], [true, false]).Count);
        Assert.All(DecisionCurve.Compute([1, 0], [true, false]), perfect => Assert.Equal(0.5, perfect.Model, 1e-12));
    }

    [Fact]
    public void Normaliser_ThresholdBecomesAHalfAndRanksStay()
    {
        var map = new OperatingPointNormaliser(0.2);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], new[] { 0, 0.1, 0.2, 0.6, 1 }.Select(map.Apply), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => new OperatingPointNormaliser(0));
    }

    [Fact]
    public void Bootstrap_IsTheOneThatSortsAnew()
    {
        (double[] scores, bool[] positive, string[] patients) = MetricCases.Patients(30, 3, 5);
        Score quick = new PatientBootstrap(patients, resamples: 200, seed: 3).Auroc(scores, positive);
        Assert.Equal(quick.Value, Auroc.Compute(scores, positive), 1e-15);
        // The same draws, each scored from nothing with weights.
        string[] names = [.. patients.Distinct()];
        Random random = Seed.Random(3, 200, names.Length);
        double[] slow = [.. Enumerable.Range(0, 200).Select(_ =>
        {
            var times = new double[names.Length];
            for (int k = 0; k < names.Length; k++) times[random.Next(names.Length)]++;
            return Auroc.Compute(scores, positive, [.. patients.Select(patient => times[Array.IndexOf(names, patient)])]);
        }).Where(double.IsFinite).Order()];
        double Quantile(double share) => slow[(int)(share * (slow.Length - 1))] + ((share * (slow.Length - 1)) - (int)(share * (slow.Length - 1))) * (slow[(int)(share * (slow.Length - 1)) + 1] - slow[(int)(share * (slow.Length - 1))]);
        Assert.Equal(Quantile(0.025), quick.Low, 1e-12);
        Assert.Equal(Quantile(0.975), quick.High, 1e-12);
    }

    [Fact]
    public void Bands_HoldTheCurveAndItsEnds()
    {
        (double[] scores, bool[] positive, string[] patients) = MetricCases.Patients(40, 2, 6);
        var bootstrap = new PatientBootstrap(patients, resamples: 200, seed: 1);
        IReadOnlyList<BandPoint> roc = bootstrap.RocBand(scores, positive, points: 21), pr = bootstrap.PrecisionRecallBand(scores, positive, points: 21);
        IReadOnlyList<(double FalsePositiveRate, double TruePositiveRate)> curve = RocCurve.Compute(scores, positive);
        Assert.All(roc, point => Assert.Equal(curve.Where(at => at.FalsePositiveRate <= point.X + 1e-9).Max(at => at.TruePositiveRate), point.Value, 1e-12));
        Assert.Equal(1, roc[^1].Value);
        Assert.All(roc, point => Assert.True(point.Low <= point.Value && point.Value <= point.High));
        Assert.All(pr, point => Assert.InRange(point.Value, 0, 1));
        double share = positive.Count(value => value) / (double)positive.Length;
        Assert.True(pr[^1].Value >= share - 1e-12); // to find them all one never needs to call more than everybody
        Assert.Throws<ArgumentException>(() => bootstrap.RocBand(scores, new bool[scores.Length]));
    }

    [Fact]
    public void Calibrators_KeepTheRanking_AndTemperatureOfATrueModelIsOne()
    {
        Random random = Seed.Random(4);
        double[] p = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble())];
        bool[] y = [.. p.Select(value => random.NextDouble() < value)];
        Calibrator temperature = Calibrator.Temperature(p, y), platt = Calibrator.Platt(p, y);
        Assert.Equal(1, temperature.Slope, 0.05);
        Assert.Equal(0, platt.Offset, 0.05);
        Assert.Equal(Auroc.Compute(p, y), Auroc.Compute([.. p.Select(platt.Apply)], y), 1e-12);
        Assert.True(Reliability.Compute(p, y).ExpectedError < 0.02);
        Assert.True(Reliability.Compute([.. p.Select(value => Math.Sqrt(value))], y).ExpectedError > 0.1);
        Assert.True(double.IsFinite(Calibrator.Platt([0, 1], [false, true]).Slope)); // separated: Platt's targets keep it finite
        Assert.Throws<ArgumentException>(() => Calibrator.Temperature([0.5], [true]));
        Assert.Throws<ArgumentException>(() => Reliability.Compute([1.5], [true]));
    }

    [Fact]
    public void DeLong_TooFewOrBroken_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => DeLong.Interval([1, 2, 3], [true, false, false]));
        Assert.Throws<ArgumentException>(() => DeLong.Interval([1, double.NaN, 3, 4], [true, false, true, false]));
        Assert.Equal((0, 1), (DeLong.Compare([1, 2, 3, 4], [10, 20, 30, 40], [true, false, true, false]).Difference, DeLong.Compare([1, 2, 3, 4], [10, 20, 30, 40], [true, false, true, false]).P));
    }

    [Fact]
    public void WeightedAuroc_WholeWeights_IsTheAurocOfCopies()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            (double[] scores, bool[] positive) = MetricCases.Tied(seed);
            Random random = Seed.Random(seed, 1);
            int[] weights = [.. scores.Select(_ => random.Next(1, 4))];
            double[] copies = [.. scores.SelectMany((score, i) => Enumerable.Repeat(score, weights[i]))];
            bool[] truths = [.. positive.SelectMany((value, i) => Enumerable.Repeat(value, weights[i]))];
            Assert.Equal(Auroc.Compute(copies, truths), Auroc.Compute(scores, positive, [.. weights.Select(weight => (double)weight)]), 1e-12);
        }

        Assert.Throws<ArgumentException>(() => Auroc.Compute([1, 2], [true, false], [1, -1]));
    }
}

internal static class Filled
{
    internal static float[,] Fill(this float[,] map, float value)
    {
        for (int y = 0; y < map.GetLength(0); y++)
            for (int x = 0; x < map.GetLength(1); x++) map[y, x] = value;
        return map;
    }
}
