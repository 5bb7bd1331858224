namespace CxrLab.Metrics;

/// <summary>
/// Localisation as Wang et al. (CVPR 2017) score it: a true box is found when one of the boxes overlaps it by more than a threshold; the others are
/// false alarms.
/// </summary>
public static class Localisation
{
    /// <summary>One finding at one threshold, with a patient interval.</summary>
    /// <param name="cases">One per true box of the finding.</param>
    /// <param name="threshold">Overlap that counts is above this.</param>
    /// <param name="measure">IoU, or IoBB, which a small box inside the true one satisfies fully.</param>
    /// <param name="resamples">Of patients, at least 100.</param>
    /// <param name="seed">Same seed, same interval.</param>
    /// <exception cref="ArgumentException">There is no case.</exception>
    public static LocalisationScore Score(IReadOnlyList<LocatedCase> cases, double threshold, BoxMeasure measure = BoxMeasure.IoU, int resamples = 1000, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (cases.Count == 0) throw new ArgumentException("There is no case to score.", nameof(cases));
        double Overlap(Box found, Box truth) => measure == BoxMeasure.IoU ? found.IoU(truth) : found.IoBB(truth);
        double[] hit = [.. cases.Select(one => one.Found.Any(found => Overlap(found, one.Truth) > threshold) ? 1.0 : 0.0)];
        double alarms = cases.Average(one => one.Found.Count(found => Overlap(found, one.Truth) <= threshold));
        int[][] ofPatient = [.. Enumerable.Range(0, cases.Count).GroupBy(i => cases[i].Patient, StringComparer.Ordinal).Select(group => group.ToArray())];
        Random random = Seed.Random(seed, resamples, ofPatient.Length);
        var draws = new double[resamples];
        for (int i = 0; i < resamples; i++)
        {
            double sum = 0;
            int count = 0;
            for (int k = 0; k < ofPatient.Length; k++)
            {
                foreach (int one in ofPatient[random.Next(ofPatient.Length)])
                {
                    sum += hit[one];
                    count++;
                }
            }

            draws[i] = sum / count;
        }

        (double low, double high) = Quantiles.Middle(draws, 0.95);
        return new LocalisationScore(hit.Average(), low, high, alarms, cases.Count);
    }
}

/// <summary>A true box and what was found on its image for its finding.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Truth">The radiologist's box.</param>
/// <param name="Found">The boxes found, in the same pixels.</param>
public sealed record LocatedCase(string Patient, Box Truth, IReadOnlyList<Box> Found);

/// <summary>Share of true boxes that were found.</summary>
/// <param name="Accuracy">In [0, 1].</param>
/// <param name="Low">Lower end of its 95 % patient interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="AverageFalsePositives">Boxes that found nothing, per case.</param>
/// <param name="Cases">True boxes.</param>
public sealed record LocalisationScore(double Accuracy, double Low, double High, double AverageFalsePositives, int Cases);

/// <summary>How the overlap of a found box is measured.</summary>
public enum BoxMeasure
{
    /// <summary>Intersection over union.</summary>
    IoU,

    /// <summary>Intersection over the found box.</summary>
    IoBB,
}
