using CxrLab.Metrics;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Metrics;

public class EvaluationTests
{
    [Fact]
    public void Compute_SmallTable_LeavesOutUncertainAndMissingCells()
    {
        Truth truth = Table("image,patient,Mass,Edema,Other\na,1,1,0,1\nb,2,0,0,1\nc,3,-1,0,1\nd,4,,0,1\ne,5,1,0,1\nf,6,0,-1,1\n");
        var predictions = new Predictions(new LabelSet("Edema", "Mass"), ["f", "e", "d", "c", "b", "a"], ["6", "5", "4", "3", "2", "1"],
            new[,] { { 0.9, 0.25 }, { 0, 0.25 }, { 0, 1 }, { 0, 1 }, { 0, 0.5 }, { 0.5, 0.75 } });
        Evaluation evaluation = Evaluation.Compute(predictions, truth);
        Assert.Equal(["Edema", "Mass"], evaluation.Labels.Keys);

        LabelEvaluation mass = evaluation.Labels["Mass"]; // a 0.75+, b 0.5-, e 0.25+, f 0.25-
        Assert.Equal((4, 2), (mass.N, mass.Positives));
        Assert.Equal(2.5 / 4, mass.Auroc!.Value, 1e-12);
        Assert.Equal(0.5 * 1 + 0.5 * 2 / 4, mass.AveragePrecision!.Value, 1e-12);
        Assert.Equal((0.0625 + 0.25 + 0.5625 + 0.0625) / 4, mass.Brier!.Value, 1e-12);
        Assert.Equal((0.25 + 0.5 + Math.Abs(0.5 - 1)) / 4, mass.Ece!.Value, 1e-12);
        Assert.InRange(mass.Auroc.Value, mass.Low!.Value, mass.High!.Value);

        LabelEvaluation edema = evaluation.Labels["Edema"]; // five negatives
        Assert.Equal((5, 0), (edema.N, edema.Positives));
        Assert.Null(edema.Auroc);
        Assert.Null(edema.Low);
        Assert.Null(edema.AveragePrecision);
        Assert.Equal(0.05, edema.Brier!.Value, 1e-12);
        Assert.Equal(mass.Auroc, evaluation.MacroAuroc);
        Assert.Empty(evaluation.Baseline);
    }

    [Fact]
    public void Compute_NothingKnown_HasNoScores()
    {
        Truth truth = Table("image,patient,Mass\na,1,\nb,2,-1\n");
        Evaluation evaluation = Evaluation.Compute(new Predictions(new LabelSet("Mass"), ["a", "b"], ["1", "2"], new[,] { { 0.1 }, { 0.2 } }), truth);
        Assert.Equal(new LabelEvaluation(0, 0, null, null, null, null, null, null), evaluation.Labels["Mass"]);
        Assert.Null(evaluation.MacroAuroc);
    }

    [Fact]
    public void Compute_ViewTellsTheFinding_ShowsInTheBaseline()
    {
        Random random = Seed.Random(3);
        string rows = string.Concat(Enumerable.Range(0, 200).Select(i => $"i{i},p{i / 2},{(i / 2 % 3 == 0 ? 1 : 0)},{random.Next(2)},{(i / 2 % 3 == 0 ? "AP" : "PA")},{40 + random.Next(30)},{(random.Next(2) == 0 ? "F" : "M")}\n"));
        Truth truth = Table("image,patient,Edema,Mass,view,age,sex\n" + rows);
        var cells = new double[200, 2];
        for (int i = 0; i < 200; i++) (cells[i, 0], cells[i, 1]) = (random.NextDouble(), random.NextDouble());
        var predictions = new Predictions(new LabelSet("Edema", "Mass"), [.. truth.Rows.Select(row => row.Image)], [.. truth.Rows.Select(row => row.Patient)], cells);
        Evaluation evaluation = Evaluation.Compute(predictions, truth, seed: 1), again = Evaluation.Compute(predictions, truth, seed: 1);
        Assert.True(evaluation.Baseline["Edema"] > 0.95);
        Assert.InRange(evaluation.Baseline["Mass"], 0.3, 0.65);
        Assert.Equal(evaluation.Labels["Mass"], again.Labels["Mass"]);
        Assert.Equal(evaluation.Baseline["Mass"], again.Baseline["Mass"]);
        Assert.Equal((evaluation.Labels["Edema"].Auroc!.Value + evaluation.Labels["Mass"].Auroc!.Value) / 2, evaluation.MacroAuroc!.Value, 1e-12);
    }

    [Fact]
    public void Compute_TablesThatDontBelongTogether_IsRefused()
    {
        Truth truth = Table("image,patient,Mass\na,1,1\n");
        var stranger = new Predictions(new LabelSet("Mass"), ["a", "b"], ["1", "2"], new double[2, 1]);
        Assert.Contains("the first is b", Assert.Throws<ArgumentException>(() => Evaluation.Compute(stranger, truth)).Message, StringComparison.Ordinal);
        var other = new Predictions(new LabelSet("Edema"), ["a"], ["1"], new double[1, 1]);
        Assert.Contains("no finding in common", Assert.Throws<ArgumentException>(() => Evaluation.Compute(other, truth)).Message, StringComparison.Ordinal);
    }

    private static Truth Table(string text)
    {
        using var folder = new TempFolder();
        string path = folder.File("TRUTH.csv");
        File.WriteAllText(path, text);
        return Truth.Load(path);
    }
}
