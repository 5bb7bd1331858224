using CxrLab.Imaging;
using CxrLab.Tests.Models;
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
