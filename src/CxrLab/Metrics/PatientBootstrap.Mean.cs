using System.Globalization;

namespace CxrLab.Metrics;

public sealed partial class PatientBootstrap
{
    /// <summary>The mean of one number per image, such as its Dice, with its patient interval.</summary>
    /// <param name="values">One per image, in the order of the patients given; NaN leaves an image out.</param>
    public MeanScore Mean(ReadOnlySpan<double> values)
    {
        CheckLength(values.Length);
        var (sums, counts) = (new double[patientCount], new int[patientCount]);
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) continue;
            sums[patientOf[i]] += values[i];
            counts[patientOf[i]]++;
        }

        double Of(Func<int, int> times)
        {
            (double sum, long count) = (0, 0);
            for (int patient = 0; patient < patientCount; patient++)
                (sum, count) = (sum + (times(patient) * sums[patient]), count + ((long)times(patient) * counts[patient]));
            return count == 0 ? double.NaN : sum / count;
        }

        double[] draws = [.. Draws().Select(times => Of(patient => times[patient]))];
        (double low, double high) = Quantiles.Middle(draws, Confidence);
        return new MeanScore(Of(_ => 1), low, high, counts.Sum(), counts.Count(count => count > 0));
    }
}

/// <summary>A mean over images with its interval over patients.</summary>
/// <param name="Value">The mean; NaN where no image counts.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Images">Images that count.</param>
/// <param name="Patients">Their patients.</param>
public sealed record MeanScore(double Value, double Low, double High, int Images, int Patients)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:F3} [{Low:F3}, {High:F3}] ({Images} images, {Patients} patients)");
}
