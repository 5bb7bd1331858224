using CxrLab.Tests.Models;
using CxrLab.Training;
using Xunit;
using static CxrLab.Tests.Cli.CommandTests;

namespace CxrLab.Tests.Cli;

/// <summary>Pooling heads and losses with parameters on the command line, from training over resuming to predictions and maps.</summary>
[Collection(nameof(GlobalGenerator))]
public class HeadAndLossCommandTests
{
    private static readonly string[] Train = ["train", "nih", Sample.Nih, "--labels", "Cardiomegaly,Effusion", "--size", "32", "--epochs", "1", "--split", "patient:1"];

    [Theory]
    [InlineData("pcam", "focal:gamma=1,alpha=0.5", "pcam")]
    [InlineData("lse-lba", "asymmetric:gamma-negative=2", "grad-cam")]
    [InlineData("noisy-or", "wang:reduction=mean", "grad-cam")]
    [InlineData("attention", "bce", "hirescam")]
    public void Train_HeadAndLoss_PredictAndExplainHonourThem(string head, string loss, string method)
    {
        using var folder = new TempFolder();
        string run = folder.File("run");
        string[] train = [.. Train, "--head", head, "--loss", loss, "--out", run];
        (int code, string text) = Run(train);
        Assert.True(code == 0, text);
        Assert.Contains($"{head} pooling", text, StringComparison.Ordinal);
        RunConfig config = RunConfig.FromJson(File.ReadAllText(Path.Combine(run, "config.json")), "config.json");
        Assert.Equal((head, loss), (config.Head, config.Loss));
        Assert.Equal(0, Run([.. train, "--resume"]).Code);
        (code, text) = Run([.. Train, "--head", head, "--loss", "focal:gamma=3", "--out", run, "--resume"]);
        Assert.Equal(2, code);
        Assert.Contains("other settings", text, StringComparison.Ordinal);
        (code, text) = Run("predict", run, "nih", Sample.Nih, "--out", folder.File("pred.csv"));
        Assert.True(code == 0, text);
        Assert.Equal(["Cardiomegaly", "Effusion"], Predictions.Load(folder.File("pred.csv")).Labels);
        (code, text) = Run("explain", run, "nih", Sample.Nih, "--method", method, "--out", folder.File("maps"));
        Assert.True(code == 0, text);
    }

    [Fact]
    public void Train_MultiClassWithHead_AnswersOneProbabilityAndRefusesItsMap()
    {
        using var folder = new TempFolder();
        string run = folder.File("run");
        (int code, string text) = Run([.. Train, "--uncertain", "multiclass", "--loss", "u-multiclass", "--head", "pcam", "--out", run]);
        Assert.True(code == 0, text);
        (code, text) = Run("predict", run, "nih", Sample.Nih, "--out", folder.File("pred.csv"));
        Assert.True(code == 0, text);
        Predictions predictions = Predictions.Load(folder.File("pred.csv"));
        Assert.Equal(["Cardiomegaly", "Effusion"], predictions.Labels);
        Assert.All(predictions.Probabilities.Cast<double>(), value => Assert.InRange(value, 0, 1));
        (code, text) = Run("explain", run, "nih", Sample.Nih, "--method", "pcam", "--out", folder.File("maps"));
        Assert.Equal(1, code);
        Assert.Contains("grad-cam", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no parameter gama; it has gamma (2), alpha (0.25)", "--loss", "focal:gama=2")]
    [InlineData("α in [0, 1]", "--loss", "focal:alpha=7")]
    [InlineData("it has none", "--loss", "u-multiclass:x=1")]
    [InlineData("there are: bce", "--loss", "hinge")]
    [InlineData("classifiers have avg", "--head", "median")]
    public void Train_WrongParameter_IsBadUsageBeforeAnythingIsWritten(string words, params string[] options)
    {
        using var folder = new TempFolder();
        (int code, string text) = Run([.. Train, "--out", folder.File("run"), .. options]);
        Assert.Equal(2, code);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("run")));
    }
}
