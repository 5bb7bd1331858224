using System.Globalization;
using CxrLab.Data;
using CxrLab.Imaging;
using CxrLab.Metrics;
using CxrLab.Tests.Models;
using CxrLab.Training;
using Xunit;

namespace CxrLab.Tests.Cli;

public class SegmentCommandTests
{
    [Fact]
    public void TrainAndPredict_PhantomPairs_WriteOutlinesWithTheirScores()
    {
        using var folder = new TempFolder();
        string pairs = folder.File("pairs"), run = folder.File("run"), masks = folder.File("masks");
        PhantomPairs.Write(pairs, 10);
        string[] train = ["train", "pairs", pairs, "--task", "segment", "--widths", "4,8", "--size", "32", "--epochs", "2", "--out", run];
        (int code, string text) = CommandTests.Run(train);
        Assert.Equal(0, code);
        Assert.Contains("mean training mask", text, StringComparison.Ordinal);
        Assert.All(["config.json", "split.csv", "log.jsonl", "checkpoint.safetensors", "best.safetensors", "predictions.csv", "card.html"], name => Assert.True(File.Exists(Path.Combine(run, name)), name));
        string[] rows = File.ReadAllLines(Path.Combine(run, "predictions.csv"));
        Assert.Equal("image,patient,dice,iou,hausdorff95,blind_dice", rows[0]);
        Assert.Equal(rows.Length - 1, Directory.GetFiles(Path.Combine(run, "masks")).Length);
        Assert.Equal(2, CommandTests.Run(train).Code);
        Assert.Equal(0, CommandTests.Run([.. train, "--resume"]).Code);

        Assert.Equal(0, CommandTests.Run("predict", run, "pairs", pairs, "--out", masks).Code);
        Assert.Equal(20, Directory.GetFiles(masks, "*.png").Length);
        Assert.Equal(21, File.ReadAllLines(Path.Combine(masks, "masks.csv")).Length);
        GrayImage mask = GrayImage.Read(Directory.GetFiles(masks, "*.png")[0]);
        Assert.Equal((64, 64), (mask.Height, mask.Width)); // of the image's own size, not the network's
        Assert.All(mask.Pixels.ToArray(), pixel => Assert.True(pixel is 0 or 1));
    }

    [Fact]
    public void Train_PatientFolds_OutlineEveryImageOnceByAModelThatNeverSawItsPatient()
    {
        using var folder = new TempFolder();
        string pairs = folder.File("pairs"), run = folder.File("run");
        PhantomPairs.Write(pairs, 7);
        (int code, string text) = CommandTests.Run("train", "pairs", pairs, "--task", "segment", "--widths", "4,8", "--size", "32", "--epochs", "2", "--split", "folds:3", "--out", run);
        Assert.Equal(0, code);
        Assert.All(["fold 1/3", "fold 3/3", "one model on all images", "(14 images, 7 patients)"], line => Assert.Contains(line, text, StringComparison.Ordinal));

        string[][] split = [.. File.ReadLines(Path.Combine(run, "split.csv")).Skip(1).Select(line => line.Split(','))], scores = [.. File.ReadLines(Path.Combine(run, "predictions.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(14, split.Length);
        Assert.Equal(split.Select(row => row[0]).Order(StringComparer.Ordinal), scores.Select(row => row[0]).Order(StringComparer.Ordinal));
        Assert.All(split.GroupBy(row => row[1]), patient => Assert.Single(patient.Select(row => row[2]).Distinct()));
        Assert.Equal(["fold 1", "fold 2", "fold 3"], split.Select(row => row[2]).Distinct().Order(StringComparer.Ordinal));
        // The blind mask is the mean of the other folds' masks, so it tells whether a fold was scored by its own training part.
        CxrIndex index = MaskPairs.Read(pairs);
        RunConfig config = RunConfig.FromJson(File.ReadAllText(Path.Combine(run, "config.json")), run);
        foreach (IGrouping<string, string[]> fold in split.GroupBy(row => row[2]))
        {
            HashSet<string> images = [.. fold.Select(row => row[0])];
            bool[] blind = MeanMask.Of(config.EvaluationLoader(index.Where(record => !images.Contains(record.ImageId), "other folds")));
            foreach (Batch batch in config.EvaluationLoader(index.Only(images, "fold")).Epoch(0))
            {
                using (batch)
                {
                    for (int i = 0; i < batch.Records.Count; i++)
                    {
                        bool[] truth = [.. batch.LungMasks![i].data<float>().Select(pixel => pixel > 0.5f)];
                        string said = scores.Single(row => row[0] == batch.Records[i].ImageId)[5];
                        Assert.Equal(MaskOverlap.Dice(blind, truth, EmptyMasks.CountAsOne), double.Parse(said, CultureInfo.InvariantCulture), 1e-5);
                    }
                }
            }
        }

        Assert.Equal(14, Directory.GetFiles(Path.Combine(run, "masks"), "*.png").Length);
        Assert.Equal(0, CommandTests.Run("predict", run, "pairs", pairs, "--out", folder.File("masks")).Code); // the model on all images is kept
    }

    [Fact]
    public void Train_UnfitRequest_IsBadUsage()
    {
        using var folder = new TempFolder();
        PhantomPairs.Write(folder.File("pairs"), 2);
        Assert.Equal(2, CommandTests.Run("train", "nih", Sample.Nih, "--task", "segment", "--out", folder.File("a")).Code); // no masks
        Assert.Equal(2, CommandTests.Run("train", "pairs", folder.File("pairs"), "--task", "segment", "--model", "cxrnet", "--out", folder.File("a")).Code);
        Assert.Equal(2, CommandTests.Run("train", "pairs", folder.File("pairs"), "--task", "segment", "--widths", "8,x", "--out", folder.File("a")).Code);
        Assert.Equal(2, CommandTests.Run("train", "pairs", folder.File("pairs"), "--task", "segment", "--positive", "Lungs", "--out", folder.File("a")).Code);
        Assert.Equal(2, CommandTests.Run("train", "nih", Sample.Nih, "--model", "unet", "--out", folder.File("a")).Code);
    }
}
