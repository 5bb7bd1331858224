using CxrLab.Data;
using CxrLab.Losses;
using CxrLab.Models;
using CxrLab.Tests.Models;
using CxrLab.Training;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Training;

/// <summary>What uncertain labels teach, from the configuration to the probabilities.</summary>
[Collection(nameof(GlobalGenerator))]
public class UncertaintyTests
{
    private static readonly LabelSet Labels = new("Cardiomegaly", "Effusion");

    // Real images of the sample; every third label is made uncertain.
    private static readonly CxrIndex Index = new("unsure", Labels, NihChestXray14.Read(Sample.Nih).Relabel(Labels).Records.Take(24)
        .Select((record, i) => record with { Labels = [i % 3 == 0 ? LabelState.Uncertain : record.Labels[0], record.Labels[1]] }));

    private static readonly RunConfig Config = new()
    {
        Dataset = "nih",
        Labels = [.. Labels],
        ImageSize = 32,
        BatchSize = 8,
        Trainer = new TrainerOptions { Epochs = 2, Seed = 5 },
    };

    private static readonly RunConfig MultiClass = Config with { Loss = ClassificationLosses.MultiClass, Policy = LabelPolicy.MultiClass };

    [Fact]
    public void Run_MultiClass_LearnsThreeClassesAndAnswersOneProbability()
    {
        using var folder = new TempFolder();
        using CxrModel model = MultiClass.CreateModel();
        using var trainer = new Trainer(model, MultiClass.CreateLoss(Index), MultiClass.TrainLoader(Index), MultiClass.EvaluationLoader(Index), MultiClass.Trainer, CPU);
        Assert.All(trainer.Run().ToList(), report => Assert.InRange(report.ValidationLoss!.Value, .1, 3)); // ln 3 at the start
        Predictions predictions = Inference.Predict(model, MultiClass.EvaluationLoader(Index), CPU);
        using var scope = NewDisposeScope();
        using (Batch first = MultiClass.EvaluationLoader(Index).Epoch(0).First())
        {
            Tensor all = model.TrainingOutput(first.Images).reshape(8, 2, 3).softmax(-1); // [B, K, 3]
            Tensor expected = all.select(-1, 1) / (all.select(-1, 0) + all.select(-1, 1));
            Assert.Equal(expected[0, 1].item<float>(), predictions.Probabilities[0, 1], 1e-5);
            Close.Assert(expected, model.call(first.Images).sigmoid(), 1e-5);
        }

        var run = new RunFolder(folder.File("run"));
        run.SaveBest(model, MultiClass);
        (CxrModel again, RunConfig config) = RunFolder.LoadModel(run.Best);
        using (again) Assert.Equal(predictions.Probabilities[3, 0], Inference.Predict(again, config.EvaluationLoader(Index), CPU).Probabilities[3, 0], 1e-6);
    }

    [Fact]
    public void TrainLoader_SelfTrained_GivesUncertainCellsTheModelsProbability()
    {
        using var folder = new TempFolder();
        var table = new double[Index.Count, 2];
        for (int i = 0; i < Index.Count; i++) (table[i, 0], table[i, 1]) = (.25 + (i / 100.0), .5);
        new Predictions(Labels, [.. Index.Records.Select(record => record.ImageId)], [.. Index.Records.Select(record => record.PatientId)], table).Save(folder.File("first.csv"));
        RunConfig config = Config with { SelfTrainedFrom = folder.File("first.csv") };
        foreach (Batch batch in config.TrainLoader(Index).Epoch(1))
        {
            using (batch)
                for (int row = 0; row < batch.Records.Count; row++)
                {
                    int at = Index.Records.IndexOf(batch.Records[row]);
                    bool unsure = batch.Records[row].Labels[0] == LabelState.Uncertain;
                    Assert.Equal(unsure ? .25 + (at / 100.0) : batch.Records[row].Labels[0] == LabelState.Positive ? 1 : 0, batch.Targets[row, 0].item<float>(), 1e-6);
                    Assert.Equal(1, batch.Known[row, 0].item<float>());
                    Assert.NotEqual(.5f, batch.Targets[row, 1].item<float>()); // a known cell stays as it is
                }
        }

        // Validation and prediction don't know the first model.
        using Batch plain = config.EvaluationLoader(Index).Epoch(0).First();
        Assert.Equal(0, plain.Known[0, 0].item<float>());
    }

    [Fact]
    public void CreateLoss_PolicyAndLossDisagree_SaysSo()
    {
        Assert.Contains("need each other", Assert.Throws<ArgumentException>(() => (Config with { Policy = LabelPolicy.MultiClass }).CreateLoss(Index)).Message, StringComparison.Ordinal);
        Assert.Contains("need each other", Assert.Throws<ArgumentException>(() => (Config with { Loss = ClassificationLosses.MultiClass }).CreateLoss(Index)).Message, StringComparison.Ordinal);
        Assert.Contains("asymmetric", Assert.Throws<ArgumentException>(() => (Config with { Loss = "hinge" }).CreateLoss(Index)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StartModel_WeightsForOtherFindings_KeepsTheFeaturesAndItsOwnHead()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using CxrModel other = ModelCatalog.Create("cxrnet", new LabelSet("Mass"), seed: 9);
        Weights.Save(other, folder.File("w.safetensors"));
        foreach (RunConfig config in new[] { Config, MultiClass })
        {
            LoadReport? report = null;
            using CxrModel model = (config with { InitialWeights = folder.File("w.safetensors") }).StartModel(found => report = found), fresh = config.CreateModel();
            Assert.Equal(2, report!.Misshaped.Count);
            Assert.True(Close.Same(other.state_dict()["features.conv1.weight"], model.state_dict()["features.conv1.weight"]));
            Assert.True(Close.Same(fresh.state_dict()["classifier.weight"], model.state_dict()["classifier.weight"]));
        }
    }
}
