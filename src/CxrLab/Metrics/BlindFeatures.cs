namespace CxrLab.Metrics;

/// <summary>
/// What can be known of an image without looking at it. A model that doesn't beat a regression on these has learned who gets
/// X-rayed how, not what the picture shows.
/// </summary>
public static class BlindFeatures
{
    /// <summary>View (one column per projection), age in decades, whether the age is unknown, sex.</summary>
    /// <param name="view">Projection.</param>
    /// <param name="age">Years, or null.</param>
    /// <param name="sex">Sex as recorded.</param>
    public static double[] Of(View view, double? age, Sex sex) =>
    [
        view == View.AP ? 1 : 0,
        view == View.Lateral ? 1 : 0,
        view is View.Unknown or View.Other ? 1 : 0,
        (age ?? 50) / 10,
        Math.Pow(((age ?? 50) - 50) / 20, 2), // the very young and the very old both differ from the middle
        age is null ? 1 : 0,
        sex == Sex.Female ? 1 : 0,
        sex == Sex.Unknown ? 1 : 0,
    ];
}
