using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Models;
using CxrLab.Tests.Models;
using CxrLab.Training;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Training;

[Collection(nameof(GlobalGenerator))]
public class SegmentationTests
{
    private static readonly RunConfig Config = new()
    {
        Task = LearningTask.Segment,
        Dataset = "pairs",
        Labels = ["Lungs"],
        Model = "unet",
        Widths = [8, 16, 24],
        Loss = "bce-dice",
        ImageSize = 32,
        BatchSize = 6,
        Augmentation = Augmentation.Outline with { Rotation = 5, Shift = 0.03, HorizontalFlip = false },
        Trainer = new TrainerOptions { Epochs = 14, Seed = 5, LearningRate = 1e-2 },
    };

    [Theory]
    [InlineData("bce")]
    [InlineData("dice")]
    [InlineData("bce-dice")]
    public void Run_PhantomLungs_BeatsTheMeanMaskOnNewPatients(string loss)
    {
        using var folder = new TempFolder();
        PatientSplit split = PhantomPairs.Write(folder.File("pairs"), 24).SplitByPatient(2, 0, 0.4);
        RunConfig config = Config with { Loss = loss };
        using CxrModel model = Train(config, split.Train, null, 14, out _);
        bool[] blind = MeanMask.Of(config.EvaluationLoader(split.Train));
        SegmentationScores scores = SegmentationScores.Compute(Segmentation.Predict(model, config.EvaluationLoader(split.Test), CPU).Select(image => (image, blind)), 1);
        Assert.True(scores.Dice.Low > 0.85, scores.ToString());
        Assert.True(scores.OverBlind.Low > 0, scores.ToString());
        Assert.InRange(scores.Dice.Value, scores.Dice.Low, scores.Dice.High);
        Assert.Equal((split.Test.Count, split.Test.PatientCount), (scores.Dice.Images, scores.Dice.Patients));
    }

    [Fact]
    public void Resume_TwoAndTwoEpochs_EqualFourBitForBit()
    {
        using var folder = new TempFolder();
        PatientSplit split = PhantomPairs.Write(folder.File("pairs"), 8).SplitByPatient(2, 0.3, 0.1);
        RunConfig config = Config with { Trainer = Config.Trainer with { Epochs = 4 } };
        using CxrModel whole = Train(config, split.Train, split.Validation, 4, out EpochReport[] unbroken);
        Train(config, split.Train, split.Validation, 2, out _, folder.File("c")).Dispose();
        using CxrModel resumed = Train(config, split.Train, split.Validation, 4, out EpochReport[] continued, folder.File("c"), resume: true);
        Assert.Equal(unbroken, continued);
        Assert.All(continued, report => Assert.NotNull(report.ValidationDice));
        Assert.Contains("Dice", continued[0].Line, StringComparison.Ordinal);
        Assert.All(whole.state_dict().Zip(resumed.state_dict()), pair => Assert.True(Close.Same(pair.First.Value, pair.Second.Value), pair.First.Key));
    }

    [Fact]
    public void LoadModel_FromARunFolder_OutlinesAsBefore()
    {
        using var folder = new TempFolder();
        CxrIndex index = PhantomPairs.Write(folder.File("pairs"), 3);
        var run = new RunFolder(folder.File("run"));
        using CxrModel model = Config.CreateModel();
        run.SaveBest(model, Config);
        (CxrModel loaded, RunConfig config) = RunFolder.LoadModel(run.Path);
        using (loaded)
        {
            Assert.Equal(Config.ToJson(), config.ToJson());
            SegmentedImage[] before = [.. Segmentation.Predict(model, Config.EvaluationLoader(index), CPU)], after = [.. Segmentation.Predict(loaded, config.PredictionLoader(index), CPU)];
            Assert.All(before.Zip(after), pair => Assert.Equal(pair.First.Probability.Pixels.ToArray(), pair.Second.Probability.Pixels.ToArray()));
            Assert.NotNull(before[0].Truth);
            Assert.Null(after[0].Truth);
            Assert.Equal(100 * 70, before[0].MaskAt(100, 70).Length);
        }
    }

    [Fact]
    public void Predict_Mirrored_IsTheMeanOfBothAnswers()
    {
        using var folder = new TempFolder();
        CxrIndex index = PhantomPairs.Write(folder.File("pairs"), 1);
        using CxrModel model = Config.CreateModel();
        float[] both = First(model, mirror: true), plain = First(model, mirror: false);
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            using Batch batch = Config.EvaluationLoader(index).Epoch(0).First();
            Tensor mirrored = model.call(batch.Images.flip(3)).sigmoid().flip(3)[0].flatten();
            Close.Assert((tensor(plain) + mirrored) / 2, tensor(both), 1e-6);
        }

        float[] First(CxrModel net, bool mirror) => Segmentation.Predict(net, Config.EvaluationLoader(index), CPU, mirror).First().Probability.Pixels.ToArray();
    }

    [Fact]
    public void Compute_KnownOutlines_GivesKnownScores()
    {
        SegmentedImage Image(string name, string patient, float[] found, bool[] truth) =>
            new(new CxrRecord { ImageId = name, PatientId = patient, Source = "t", Labels = [] }, new GrayImage(2, 4, found), truth);
        bool[] left = [true, true, false, false, true, true, false, false], blind = [true, false, false, false, true, false, false, false];
        SegmentationScores scores = SegmentationScores.Compute([
            (Image("a", "1", [1, 1, 0, 0, 1, 1, 0, 0], left), blind),
            (Image("b", "2", [1, 0, 0, 0, 1, 0, 0, 0], left), blind)], 3);
        Assert.Equal([1, 2.0 / 3], scores.Images.Select(score => score.Dice));
        Assert.Equal([1, 0.5], scores.Images.Select(score => score.IoU));
        Assert.Equal([2.0 / 3, 2.0 / 3], scores.Images.Select(score => score.BlindDice));
        Assert.Equal(5.0 / 6, scores.Dice.Value, 12);
        Assert.Equal(5.0 / 6, scores.MedianDice, 12);
        Assert.Equal(1.0 / 6, scores.OverBlind.Value, 12);
        Assert.Equal("b", scores.WorstFirst.First().Image);
        Assert.Equal("a,1,1.00000,1.00000,0.00,0.66667", scores.ToCsv().Split('\n')[1]);
        Assert.Throws<ArgumentException>(() => SegmentationScores.Compute([], 1));
    }

    private static CxrModel Train(RunConfig config, CxrIndex train, CxrIndex? validation, int until, out EpochReport[] reports, string? checkpoint = null, bool resume = false)
    {
        CxrModel model = config.CreateModel();
        using var trainer = new Trainer(model, config.CreateLoss(train), config.TrainLoader(train), validation is null ? null : config.EvaluationLoader(validation), config.Trainer, CPU) { CheckpointPath = checkpoint };
        if (resume) trainer.Resume(checkpoint!);
        foreach (EpochReport report in trainer.Run())
            if (report.Epoch == until && until < config.Trainer.Epochs) break;
        reports = [.. trainer.Reports.Select(report => report with { Seconds = 0 })];
        return model;
    }
}
