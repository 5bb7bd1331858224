using System.Globalization;

namespace CxrLab.Metrics;

/// <summary>A score with its interval and the cases behind it; it never stands alone.</summary>
/// <param name="Value">The score on all cases.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Positives">Positive images.</param>
/// <param name="Images">All images.</param>
/// <param name="Patients">Patients.</param>
public sealed record Score(double Value, double Low, double High, int Positives, int Images, int Patients)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Value:F3} [{Low:F3}, {High:F3}] ({Positives} positives of {Images} images, {Patients} patients)");
}

/// <summary>The difference of two scores on the same cases, with the interval of the difference.</summary>
/// <param name="Value">First minus second.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="ShareNotAbove">Share of resamples in which the first isn't above the second; a one-sided bootstrap p-value.</param>
public sealed record ScoreDifference(double Value, double Low, double High, double ShareNotAbove)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Signed(Value)} [{Signed(Low)}, {Signed(High)}]";

    // Rounded first: the format would write a small negative number as "-+0.000".
    private static string Signed(double value) => Math.Round(value, 3).ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);
}
