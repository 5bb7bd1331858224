using CxrLab.Data;
using CxrLab.Metrics;

namespace CxrLab.Training;

/// <summary>What a network must beat, on the same folds: a regression that sees no pixel, and a linear one on a tiny picture.</summary>
public static class Baselines
{
    private const int TinySide = 32;

    /// <summary>Out-of-fold scores of a logistic regression on view, age and sex.</summary>
    /// <param name="records">The cases.</param>
    /// <param name="positive">Their truth.</param>
    /// <param name="fold">Their folds.</param>
    public static double[] Blind(IReadOnlyList<CxrRecord> records, IReadOnlyList<bool> positive, IReadOnlyList<int> fold) =>
        OutOfFold.Logistic([.. records.Select(record => BlindFeatures.Of(record.View, record.Age, record.Sex))], positive, fold);

    /// <summary>Out-of-fold scores of a ridge regression on pictures of 32 × 32 pixels.</summary>
    /// <param name="records">The cases, with image files.</param>
    /// <param name="positive">Their truth.</param>
    /// <param name="fold">Their folds.</param>
    public static double[] TinyPicture(IReadOnlyList<CxrRecord> records, IReadOnlyList<bool> positive, IReadOnlyList<int> fold)
    {
        double[][] pictures = [.. records.AsParallel().AsOrdered().Select(Pixels)];
        return OutOfFold.Ridge(pictures, positive, fold);
    }

    private static double[] Pixels(CxrRecord record)
    {
        // Raw pixels: on real radiographs the exposure itself tells something, and a baseline should be as strong as it can be.
        return Array.ConvertAll(record.ReadImage().Resize(TinySide, TinySide).Pixels.ToArray(), pixel => (double)pixel);
    }
}
