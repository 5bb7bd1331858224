using System.Globalization;
using System.Text;
using CxrLab.Metrics;

namespace CxrLab.Training;

/// <summary>How well one outline fits.</summary>
/// <param name="Image">The image.</param>
/// <param name="Patient">Its patient.</param>
/// <param name="Dice">In [0, 1].</param>
/// <param name="IoU">In [0, 1].</param>
/// <param name="Hausdorff95">Distance of the outlines, in pixels of the model's size; infinite where nothing was found.</param>
/// <param name="BlindDice">Dice of the mean training mask, which sees no pixel of the image.</param>
public sealed record SegmentationScore(string Image, string Patient, double Dice, double IoU, double Hausdorff95, double BlindDice);

/// <summary>Scores of outlines that were made for patients whom the model had never seen, beside a blind guess.</summary>
/// <param name="Images">One per image.</param>
/// <param name="Seed">Seed of the intervals.</param>
public sealed record SegmentationScores(IReadOnlyList<SegmentationScore> Images, int Seed)
{
    /// <summary>Mean Dice with its patient interval.</summary>
    public MeanScore Dice => Mean(score => score.Dice);

    /// <summary>Mean IoU with its patient interval.</summary>
    public MeanScore IoU => Mean(score => score.IoU);

    /// <summary>Mean Dice of the mean training mask.</summary>
    public MeanScore BlindDice => Mean(score => score.BlindDice);

    /// <summary>Dice of the network minus Dice of the mean training mask, image by image.</summary>
    public MeanScore OverBlind => Mean(score => score.Dice - score.BlindDice);

    /// <summary>The image in the middle.</summary>
    public double MedianDice => Median(score => score.Dice);

    /// <summary>The outlines' distance of the image in the middle, in pixels of the model's size.</summary>
    public double MedianHausdorff95 => Median(score => score.Hausdorff95);

    /// <summary>From the worst to the best.</summary>
    public IEnumerable<SegmentationScore> WorstFirst => Images.OrderBy(score => score.Dice).ThenBy(score => score.Image, StringComparer.Ordinal);

    /// <summary>Compares outlines with the radiologists'.</summary>
    /// <param name="found">Images with truth, and the blind mask of the part that their model was trained on.</param>
    /// <param name="seed">Seed of the intervals.</param>
    /// <exception cref="ArgumentException">There is no image, or one has no truth.</exception>
    public static SegmentationScores Compute(IEnumerable<(SegmentedImage Image, bool[] Blind)> found, int seed)
    {
        SegmentationScore[] scores = [.. found.Select(one => Score(one.Image, one.Blind))];
        return scores.Length > 0 ? new(scores, seed) : throw new ArgumentException("There is no image to score.", nameof(found));
    }

    /// <summary>As a table: <c>image,patient,dice,iou,hausdorff95,blind_dice</c>.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("image,patient,dice,iou,hausdorff95,blind_dice\n");
        foreach (SegmentationScore one in Images)
            text.Append(CultureInfo.InvariantCulture, $"{one.Image},{one.Patient},{one.Dice:F5},{one.IoU:F5},{one.Hausdorff95:F2},{one.BlindDice:F5}\n");
        return text.ToString();
    }

    /// <summary>Writes <see cref="ToCsv"/>; the file appears whole or not at all.</summary>
    public void Save(string path) => AtomicFile.WriteText(path, ToCsv());

    /// <summary>The scores in lines of text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        Dice of held-out patients, mean with 95 % patient interval
          network             {Dice}
          median {MedianDice:F3}, worst {Images.Min(score => score.Dice):F3}; IoU {IoU.Value:F3} [{IoU.Low:F3}, {IoU.High:F3}]; outlines apart (HD95, median) {MedianHausdorff95:F1} px
          mean training mask  {BlindDice.Value:F3} [{BlindDice.Low:F3}, {BlindDice.High:F3}]   network minus this: {OverBlind.Value:+0.000;-0.000} [{OverBlind.Low:+0.000;-0.000}, {OverBlind.High:+0.000;-0.000}]
        """);

    private static SegmentationScore Score(SegmentedImage image, bool[] blind)
    {
        if (image.Truth is null) throw new ArgumentException($"{image.Record.ImageId} has no outline to compare with.", nameof(image));
        bool[] mask = image.Mask;
        int side = image.Probability.Width;
        return new(image.Record.ImageId, image.Record.PatientId, MaskOverlap.Dice(mask, image.Truth, EmptyMasks.CountAsOne), MaskOverlap.IoU(mask, image.Truth, EmptyMasks.CountAsOne),
            Hausdorff.Compute(Square(mask, side), Square(image.Truth, side)), MaskOverlap.Dice(blind, image.Truth, EmptyMasks.CountAsOne));
    }

    private static bool[,] Square(bool[] mask, int side)
    {
        var square = new bool[mask.Length / side, side];
        Buffer.BlockCopy(mask, 0, square, 0, mask.Length);
        return square;
    }

    private MeanScore Mean(Func<SegmentationScore, double> value) =>
        new PatientBootstrap([.. Images.Select(score => score.Patient)], seed: Seed).Mean([.. Images.Select(value)]);

    private double Median(Func<SegmentationScore, double> value)
    {
        double[] sorted = [.. Images.Select(value).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
