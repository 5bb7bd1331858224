using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Losses;
using CxrLab.Models;
using CxrLab.Tests.Models;
using CxrLab.Training;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Training;

[Collection(nameof(GlobalGenerator))]
public class TrainerTests
{
    private static readonly PatientSplit Split = NihChestXray14.Read(Sample.Nih).Relabel(new LabelSet("Cardiomegaly", "Effusion")).Where(record => int.Parse(record.PatientId, System.Globalization.CultureInfo.InvariantCulture) < 40, "few").SplitByPatient(1, 0.3, 0.2);

    private static readonly RunConfig Config = new()
    {
        Dataset = "nih",
        Labels = ["Cardiomegaly", "Effusion"],
        ImageSize = 32,
        BatchSize = 8,
        Trainer = new TrainerOptions { Epochs = 4, Seed = 5 },
    };

    [Fact]
    public void Resume_TwoAndTwoEpochs_EqualFourBitForBit()
    {
        using var folder = new TempFolder();
        (byte[] whole, string wholeLog) = Train(folder.File("whole"), 4, null);
        Train(folder.File("half"), 2, null);
        (byte[] resumed, string resumedLog) = Train(folder.File("half"), 4, folder.File("half"));
        Assert.Equal(wholeLog, resumedLog);
        Assert.Equal(whole, resumed);
    }

    [Fact]
    public void Resume_OtherSettings_IsRefused()
    {
        using var folder = new TempFolder();
        Train(folder.File("c"), 1, null);
        RunConfig other = Config with { Trainer = Config.Trainer with { LearningRate = 0.5 } };
        using CxrModel model = other.CreateModel();
        using Trainer trainer = Make(other, model, null);
        var error = Assert.Throws<TrainingException>(() => trainer.Resume(folder.File("c")));
        Assert.Contains("other options", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_CutCheckpoint_NamesTheFile()
    {
        using var folder = new TempFolder();
        Train(folder.File("c"), 1, null);
        File.WriteAllBytes(folder.File("c"), File.ReadAllBytes(folder.File("c"))[..5000]);
        using CxrModel model = Config.CreateModel();
        using Trainer trainer = Make(Config, model, null);
        var error = Assert.Throws<WeightsException>(() => trainer.Resume(folder.File("c")));
        Assert.Contains(folder.File("c"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_KeepsTheLastWholeEpochAndLeavesNoHalfFile()
    {
        using var folder = new TempFolder();
        using var stop = new CancellationTokenSource();
        using CxrModel model = Config.CreateModel();
        using Trainer trainer = Make(Config, model, folder.File("c"));
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (EpochReport _ in trainer.Run(stop.Token)) stop.Cancel();
        });
        Assert.Equal(["c"], folder.Names());
        using CxrModel again = Config.CreateModel();
        using Trainer resumed = Make(Config, again, null);
        resumed.Resume(folder.File("c"));
        Assert.Single(resumed.Reports);
    }

    [Fact]
    public void Run_CheckpointCannotBeWritten_KeepsTheOldOne()
    {
        using var folder = new TempFolder();
        Train(folder.File("c"), 1, null);
        byte[] before = File.ReadAllBytes(folder.File("c"));
        Assert.Throws<IOException>(() => AtomicFile.Write(folder.File("c"), stream =>
        {
            stream.Write(before.AsSpan(0, 100));
            throw new IOException("No space left on device");
        }));
        Assert.Equal(before, File.ReadAllBytes(folder.File("c")));
        Assert.Equal(["c"], folder.Names());
    }

    [Fact]
    public void Run_LossIsNaN_StopsAndSaysWhere()
    {
        using CxrModel model = Config.CreateModel();
        using (no_grad()) foreach (var parameter in model.parameters()) parameter.fill_(float.NaN);
        using Trainer trainer = Make(Config, model, null);
        var error = Assert.Throws<TrainingException>(() => trainer.Run().ToList());
        Assert.Contains("epoch 1, batch 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_OtherLabels_IsRefused()
    {
        using CxrModel model = ModelCatalog.Create("cxrnet", new LabelSet("Mass", "Nodule"));
        Assert.Throws<ArgumentException>(() => Make(Config, model, null));
    }

    [Fact]
    public void WeightCopy_FurtherTraining_DoesNotChangeTheCopy()
    {
        using CxrModel model = Config.CreateModel();
        using var copy = new WeightCopy(model);
        float before = copy.Tensors["classifier.bias"][0].item<float>();
        using (no_grad()) model.state_dict()["classifier.bias"].add_(1);
        Assert.Equal(before, copy.Tensors["classifier.bias"][0].item<float>());
    }

    [Fact]
    public void LoadModel_FromARunFolder_PredictsAsBeforeSaving()
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder.File("run"));
        using CxrModel model = Config.CreateModel();
        using (Trainer trainer = Make(Config with { Trainer = Config.Trainer with { Epochs = 1 } }, model, null)) Assert.Single(trainer.Run());
        run.SaveBest(model, Config);
        double[] before = Inference.Predict(model, Config.EvaluationLoader(Split.Test), CPU).Column("Effusion");
        (CxrModel loaded, RunConfig config) = RunFolder.LoadModel(run.Path);
        using (loaded) Assert.Equal(before, Inference.Predict(loaded, config.EvaluationLoader(Split.Test), CPU).Column("Effusion"));
    }

    [Fact]
    public void Config_ThroughJson_IsTheSame()
    {
        RunConfig config = Config with { Augmentation = new Augmentation { Rotation = 3 }, Normalization = Normalization.ImageNet, Loss = "chexnet" };
        Assert.Equal(config.ToJson(), RunConfig.FromJson(config.ToJson(), "x").ToJson());
        Assert.Throws<DataFormatException>(() => RunConfig.FromJson("{\"dataset\": 3", "x"));
    }

    [Fact]
    public void LearningRateAt_RisesToThePeakAndFallsToZero()
    {
        var options = new TrainerOptions { LearningRate = 1, WarmUp = 0.1 };
        Assert.Equal([0.1, 1.0], new[] { 0L, 9L }.Select(step => Math.Round(options.LearningRateAt(step, 100), 6)));
        Assert.Equal(0.5, options.LearningRateAt(55, 100), 6);
        Assert.True(options.LearningRateAt(99, 100) < 0.001);
    }

    [Fact]
    public void LearningRateAt_ThreeCycles_FallsToZeroThreeTimes()
    {
        var options = new TrainerOptions { LearningRate = 1, WarmUp = 0, Cycles = 3 };
        // One warm-up step is always there; the rest are three equal falls.
        double[] rates = [.. Enumerable.Range(0, 301).Select(step => options.LearningRateAt(step, 301))];
        Assert.Equal([1.0, 1.0, 1.0], new[] { 1, 101, 201 }.Select(step => Math.Round(rates[step], 3)));
        Assert.All(new[] { 100, 200, 300 }, step => Assert.True(rates[step] < 0.001));
        Assert.Equal(0.5, rates[151], 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainerOptions { Cycles = 0 }.Check());
    }

    [Fact]
    public void PredictViews_FirstIsPlain_OthersAreSeededChanges()
    {
        CxrIndex index = NihChestXray14.Read(Sample.Nih).Where(record => record.ImageId.StartsWith("0000000", StringComparison.Ordinal), "a few").Relabel(new LabelSet("Effusion"));
        using CxrModel model = ModelCatalog.Create("cxrnet", index.Labels, seed: 3);
        var options = new LoaderOptions { ImageSize = 32 };
        var views = Inference.PredictViews(model, index, options, Augmentation.Affine, 3, CPU, seed: 5);
        var again = Inference.PredictViews(model, index, options, Augmentation.Affine, 3, CPU, seed: 5);
        Assert.Equal(Inference.Predict(model, new BatchLoader(index, options), CPU).Probabilities.Cast<double>(), views[0].Predictions.Probabilities.Cast<double>());
        for (int view = 0; view < 3; view++) Assert.Equal(views[view].Predictions.Probabilities.Cast<double>(), again[view].Predictions.Probabilities.Cast<double>());
        Assert.NotEqual(views[1].Predictions.Probabilities.Cast<double>(), views[2].Predictions.Probabilities.Cast<double>());
        Assert.Throws<ArgumentException>(() => Inference.PredictViews(model, index, options with { Shuffle = true }, Augmentation.Affine, 1, CPU));
    }

    [Fact]
    public void AdamW_OneStep_MatchesTheFormula()
    {
        using var parameter = new TorchSharp.Modules.Parameter(tensor(new[] { 1f, -2f }));
        using var optimizer = new AdamW([parameter], weightDecay: 0.1);
        using (Tensor loss = (parameter * tensor(new[] { 3f, 4f })).sum()) loss.backward();
        optimizer.Step(0.01);
        // After the first step the corrected moments are g and g², so the move is rate · sign(g), beside the decay.
        float[] expected = [1 * (1 - 0.001f) - 0.01f, -2 * (1 - 0.001f) - 0.01f];
        Assert.All(parameter.data<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    private static Trainer Make(RunConfig config, CxrModel model, string? checkpoint) =>
        new(model, new BinaryCrossEntropy(), config.TrainLoader(Split.Train), config.EvaluationLoader(Split.Validation), config.Trainer, CPU) { CheckpointPath = checkpoint };

    private static (byte[] Checkpoint, string Log) Train(string checkpoint, int until, string? resume)
    {
        using CxrModel model = Config.CreateModel();
        using Trainer trainer = Make(Config, model, checkpoint);
        if (resume is not null) trainer.Resume(resume);
        foreach (EpochReport report in trainer.Run())
            if (report.Epoch == until) break;
        using var scope = NewDisposeScope();
        (IReadOnlyDictionary<string, Tensor> tensors, _) = SafeTensors.Load(checkpoint);
        byte[] bytes = [.. tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.bytes.ToArray())];
        return (bytes, string.Join('\n', trainer.Reports.Select(report => report with { Seconds = 0 })));
    }
}
