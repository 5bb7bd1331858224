using System.Text.Json;
using CxrLab.Losses;
using CxrLab.Models;
using CxrLab.Tests.Models;
using Xunit;
using static CxrLab.Tests.Cli.CommandTests;

namespace CxrLab.Tests.Cli;

/// <summary>Weights on the command line: the real program, started as a process.</summary>
[Collection(nameof(GlobalGenerator))]
public class WeightsCommandTests
{
    private static readonly string[] Train = ["train", "nih", Sample.Nih, "--labels", "Cardiomegaly", "--size", "32", "--epochs", "1", "--split", "patient:1"];

    [Fact]
    public void Weights_ListAndInspect_SayWhatThereIs()
    {
        using var folder = new TempFolder();
        (int code, string list) = Run("weights", "list", "--json");
        Assert.Equal(0, code);
        Assert.Equal(PublishedWeights.All.Count, JsonDocument.Parse(list).RootElement.GetArrayLength());
        using (CxrModel model = ModelCatalog.Create("cxrnet", new LabelSet("Mass"))) Weights.Save(model, folder.File("w.safetensors"));
        (code, string text) = Run("weights", "inspect", folder.File("w.safetensors"), "--json");
        Assert.Equal(0, code);
        JsonElement[] tensors = [.. JsonDocument.Parse(text).RootElement.GetProperty("tensors").EnumerateArray()];
        Assert.Equal("classifier.bias", tensors.First(tensor => tensor.GetProperty("shape").GetArrayLength() == 1).GetProperty("key").GetString());
        Assert.All(tensors, tensor => Assert.True(tensor.GetProperty("finite").GetBoolean()));
        File.WriteAllText(folder.File("w.pt"), "PK nonsense");
        Assert.Equal(1, Run("weights", "inspect", folder.File("w.pt")).Code);
        Assert.Equal(2, Run("weights", "fetch", "no-such-weights").Code);
    }

    [Fact]
    public void TrainAndPredict_WeightsFromElsewhere_AreTakenAndReported()
    {
        using var folder = new TempFolder();
        using (CxrModel model = ModelCatalog.Create("cxrnet", new LabelSet("Mass"))) SafeTensors.Save(folder.File("w.safetensors"), model.state_dict());
        (int code, string text) = Run([.. Train, "--loss", ClassificationLosses.MultiClass, "--weights", folder.File("w.safetensors"), "--out", folder.File("run")]);
        Assert.Equal(0, code);
        Assert.Contains("begun with", text, StringComparison.Ordinal);
        Assert.Contains("classifier.weight: found [1,", text, StringComparison.Ordinal);
        string[] predict = ["predict", folder.File("w.safetensors"), "nih", Sample.Nih, "--out", folder.File("pred.csv")];
        (code, text) = Run(predict);
        Assert.Equal(1, code);
        Assert.Contains("--model", text, StringComparison.Ordinal);
        Assert.Equal(0, Run([.. predict, "--model", "cxrnet", "--labels", "Mass", "--size", "32"]).Code);
        Assert.Equal(["Mass"], Predictions.Load(folder.File("pred.csv")).Labels);
    }

    [Theory]
    [InlineData("asymmetric", "--loss", "hinge")]
    [InlineData("need each other", "--uncertain", "multiclass", "--loss", "bce")]
    [InlineData("PRED.csv", "--uncertain", "no-such-file.csv")]
    [InlineData("no such file", "--weights", "no-such-file.pt")]
    public void Train_OptionThatMakesNoSense_IsBadUsage(string word, params string[] options)
    {
        using var folder = new TempFolder();
        (int code, string text) = Run([.. Train, "--out", folder.File("run"), .. options]);
        Assert.Equal(2, code);
        Assert.Contains(word, text, StringComparison.Ordinal);
    }
}
