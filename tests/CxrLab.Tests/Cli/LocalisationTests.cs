using CxrLab.Cli.Explaining;
using CxrLab.Explain;
using CxrLab.Metrics;
using Xunit;

namespace CxrLab.Tests.Cli;

public class LocalisationTests
{
    private static readonly Box Left = new(0, 0, 4, 4), Right = new(6, 6, 4, 4);

    [Fact]
    public void Of_TwoReadersBoxes_CountsEachOnce()
    {
        var values = new float[10, 10];
        (values[1, 1], values[7, 7], values[9, 0]) = (3, 5, 2);
        LocalisationCase one = LocalisationCase.Of("p", new Heatmap(values, "Mass"), [new Box(0, 0, 2, 4), new Box(0, 8, 1, 1)], [Left, Right, new Box(7, 7, 3, 3)]);
        Assert.Equal([0.5, 0, 0], one.IoUs);
        Assert.Equal([1, 0, 0], one.IoBBs);
        Assert.True(one.Pointing);
        Assert.Equal(0.8, one.Energy, 1e-9);     // 8 of 10, the shared pixels once
        Assert.Equal(0.32, one.EvenHeat, 1e-9);
        Assert.Equal(1, one.FalseBoxes);
    }

    [Fact]
    public void BlindPlace_OwnPatient_IsLeftOut()
    {
        var blind = new BlindPlace([("a", "Mass", Left), ("b", "Mass", Right), ("b", "Mass", Left), ("c", "Nodule", Left)], 10);
        Assert.Equal(new Box(3, 3, 4, 4), blind.MeanBox("a", "Mass"));
        Assert.Equal(Left, blind.MeanBox("b", "Mass"));
        Assert.Null(blind.MeanBox("c", "Nodule"));
        Assert.Equal(0.5f, blind.Frequency("a", "Mass").Values[7, 7]);
        Assert.Equal(0, blind.Frequency("b", "Mass").Values[7, 7]);
        Assert.Equal(16, blind.Inside(Left, "Mass").Values.Cast<float>().Sum());
        Assert.Equal(0, blind.Inside(null, "Mass").Values.Cast<float>().Sum());
    }

    [Fact]
    public void Compute_Accuracies_AreThoseOfMetrics()
    {
        Random random = Seed.Random(4);
        Box Any() => new(random.Next(20), random.Next(20), 5 + random.Next(10), 5 + random.Next(10));
        var located = new List<LocatedCase>();
        var cases = new List<LocalisationCase>();
        for (int i = 0; i < 60; i++)
        {
            Box[] found = [Any(), Any()], truth = [Any(), Any()];
            located.AddRange(truth.Select(box => new LocatedCase($"{i % 25}", box, found)));
            cases.Add(LocalisationCase.Of($"{i % 25}", new Heatmap(new float[40, 40], "Mass"), found, truth));
        }

        LocalisationRow row = Assert.Single(LocalisationTable.Compute([("cam", cases)], seed: 1));
        foreach ((string name, double threshold, BoxMeasure measure) in new[] { ("iou>0.1", 0.1, BoxMeasure.IoU), ("iou>0.3", 0.3, BoxMeasure.IoU), ("iobb>0.5", 0.5, BoxMeasure.IoBB) })
        {
            LocalisationScore expected = Localisation.Score(located, threshold, measure);
            Assert.Equal(expected.Accuracy, row.Scores[name].Value, 1e-12);
            Assert.Equal(expected.Low, row.Scores[name].Low, 0.05);
            Assert.Equal(expected.High, row.Scores[name].High, 0.05);
        }
    }

    [Fact]
    public void Compute_Rows_HoldRatiosAndIntervalsOverPatients()
    {
        LocalisationCase Case(string patient, double iou, bool hit) => new(patient, "Mass", [iou], [iou], hit, iou, 0.1, 1);
        LocalisationCase[] cases = [Case("a", 0.6, true), Case("a", 0.4, true), Case("b", 0.2, false), Case("c", 0, false)];
        LocalisationRow row = Assert.Single(LocalisationTable.Compute([("cam", cases)], seed: 1));
        Assert.Equal((4, 4, 3), (row.Boxes, row.Images, row.Patients));
        Assert.Equal(0.3, row.Scores["meanIoU"].Value, 1e-12);
        Assert.Equal(0.5, row.Scores["iou>0.3"].Value, 1e-12);
        Assert.Equal(0.5, row.Scores["pointing"].Value, 1e-12);
        Assert.Equal((0, 1), (row.Scores["pointing"].Low, row.Scores["pointing"].High)); // one patient can be drawn three times
        Assert.Equal((1, 1, 1), (row.Scores["falseBoxes"].Value, row.Scores["falseBoxes"].Low, row.Scores["falseBoxes"].High));
        string[] csv = [.. LocalisationTable.Csv([row])];
        Assert.Equal(csv[0].Split(',').Length, csv[1].Split(',').Length);
    }
}
