namespace CxrLab.Metrics;

/// <summary>
/// Do probabilities mean what they say? Cases in equal bins of probability, with the share that is positive in each; the weighted gap is the
/// expected calibration error (Naeini et al., AAAI 2015; Guo et al., ICML 2017). It is biased upwards where bins hold few cases.
/// </summary>
/// <param name="Bins">Those that hold a case, from low to high.</param>
/// <param name="ExpectedError">Mean gap, weighted by cases.</param>
/// <param name="LargestError">The largest gap of a bin.</param>
public sealed record Reliability(IReadOnlyList<ReliabilityBin> Bins, double ExpectedError, double LargestError)
{
    /// <param name="probabilities">Each in [0, 1].</param>
    /// <param name="positive">The truth, of the same length.</param>
    /// <param name="bins">Number of bins; a probability on an edge belongs to the upper bin, 1 to the last.</param>
    /// <exception cref="ArgumentException">There is no case, lengths differ, or a value isn't a probability.</exception>
    public static Reliability Compute(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positive, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        if (probabilities.Length != positive.Length || probabilities.IsEmpty) throw new ArgumentException($"{probabilities.Length} probabilities and {positive.Length} truths must be equally many, and at least one.", nameof(positive));
        var sums = new (int Cases, int Positives, double Sum)[bins];
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (!(probabilities[i] is >= 0 and <= 1)) throw new ArgumentException($"Value {i} is {probabilities[i]}, no probability.", nameof(probabilities));
            ref (int Cases, int Positives, double Sum) bin = ref sums[Math.Min(bins - 1, (int)(probabilities[i] * bins))];
            bin = (bin.Cases + 1, bin.Positives + (positive[i] ? 1 : 0), bin.Sum + probabilities[i]);
        }

        ReliabilityBin[] filled = [.. sums.Where(bin => bin.Cases > 0).Select(bin => new ReliabilityBin(bin.Cases, bin.Sum / bin.Cases, (double)bin.Positives / bin.Cases))];
        int all = probabilities.Length;
        return new Reliability(filled, filled.Sum(bin => bin.Gap * bin.Cases / all), filled.Max(bin => bin.Gap));
    }
}

/// <summary>Cases of similar probability.</summary>
/// <param name="Cases">How many.</param>
/// <param name="Predicted">Mean probability.</param>
/// <param name="Observed">Share that is positive.</param>
public sealed record ReliabilityBin(int Cases, double Predicted, double Observed)
{
    /// <summary>Distance of promise and fact.</summary>
    public double Gap => Math.Abs(Predicted - Observed);
}
