namespace CxrLab.Metrics;

/// <summary>
/// Percentile intervals from resampled patients (Efron and Tibshirani, 1993). Images of one patient resemble each other;
/// resampling images instead would make every interval too narrow.
/// </summary>
public sealed partial class PatientBootstrap
{
    private readonly int[] patientOf;
    private readonly int patientCount;

    /// <param name="patients">The patient of each image.</param>
    /// <param name="resamples">Number of resamples, at least 100.</param>
    /// <param name="seed">Same seed, same interval.</param>
    /// <param name="confidence">Coverage, in (0, 1).</param>
    public PatientBootstrap(IReadOnlyList<string> patients, int resamples = 1000, int seed = 0, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (confidence is <= 0 or >= 1) throw new ArgumentOutOfRangeException(nameof(confidence), $"The confidence must lie between 0 and 1; got {confidence}.");
        (Resamples, Seed, Confidence) = (resamples, seed, confidence);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        patientOf = [.. patients.Select(patient => numbers.TryGetValue(patient, out int known) ? known : numbers[patient] = numbers.Count)];
        patientCount = numbers.Count;
    }

    /// <summary>Number of resamples.</summary>
    public int Resamples { get; }

    /// <summary>Seed of the resamples.</summary>
    public int Seed { get; }

    /// <summary>Coverage of the intervals.</summary>
    public double Confidence { get; }

    /// <summary>AUROC with its interval; resamples that lack a class are left out.</summary>
    /// <param name="scores">One per image, in the order of the patients given.</param>
    /// <param name="positive">The truth.</param>
    public Score Auroc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        CheckLength(scores.Length);
        var ranking = new Ranking(scores, positive);
        int[] patients = ranking.InOrder(patientOf);
        double[] draws = [.. Draws().Select(times => ranking.Auroc(patients, times)).Where(double.IsFinite)];
        (double low, double high) = Quantiles.Middle(draws, Confidence);
        return new Score(ranking.Auroc(null), low, high, positive.Count(true), positive.Length, patientCount);
    }

    /// <summary>AUROC of <paramref name="first"/> minus AUROC of <paramref name="second"/>, paired: both see the same resamples.</summary>
    public ScoreDifference AurocDifference(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<bool> positive)
    {
        CheckLength(first.Length);
        Ranking one = new(first, positive), other = new(second, positive);
        int[] patientsOfOne = one.InOrder(patientOf), patientsOfOther = other.InOrder(patientOf);
        double[] draws = [.. Draws().Select(times => one.Auroc(patientsOfOne, times) - other.Auroc(patientsOfOther, times)).Where(double.IsFinite)];
        (double low, double high) = Quantiles.Middle(draws, Confidence);
        double notAbove = draws.Length == 0 ? double.NaN : draws.Count(draw => draw <= 0) / (double)draws.Length;
        return new ScoreDifference(one.Auroc(null) - other.Auroc(null), low, high, notAbove);
    }

    /// <summary>The ROC curve with a band: at each false positive rate the highest sensitivity that doesn't exceed it.</summary>
    /// <inheritdoc cref="PrecisionRecallBand"/>
    public IReadOnlyList<BandPoint> RocBand(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, int points = 101) =>
        Band(scores, positive, points, (called, positives, negatives, rate) =>
        {
            double best = 0;
            foreach ((long yes, long no) in called)
            {
                if (no > (rate * negatives) + 1e-9) break;
                best = (double)yes / positives;
            }

            return best;
        });

    /// <summary>The precision-recall curve with a band: at each recall the precision at the highest threshold that reaches it.</summary>
    /// <param name="scores">One per image, in the order of the patients given.</param>
    /// <param name="positive">The truth, with both kinds.</param>
    /// <param name="points">Evenly spaced places from 0 to 1.</param>
    /// <returns>The band holds pointwise: each place on its own has the stated coverage, the whole curve has less.</returns>
    public IReadOnlyList<BandPoint> PrecisionRecallBand(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, int points = 101) =>
        Band(scores, positive, points, (called, positives, _, recall) =>
        {
            foreach ((long yes, long no) in called)
                if (yes > 0 && yes >= (recall * positives) - 1e-9) return (double)yes / (yes + no);
            return double.NaN;
        });

    private BandPoint[] Band(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, int points, Func<List<(long, long)>, long, long, double, double> at)
    {
        CheckLength(scores.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        if (!positive.Contains(true) || !positive.Contains(false)) throw new ArgumentException("A curve needs positives and negatives; one kind is lacking.", nameof(positive));
        var ranking = new Ranking(scores, positive);
        int[] patients = ranking.InOrder(patientOf), once = [.. Enumerable.Repeat(1, patientCount)];
        double[] places = [.. Enumerable.Range(0, points).Select(i => i / (points - 1.0))];
        double[]? Values(int[] times)
        {
            List<(long Positives, long Negatives)> called = [.. ranking.Called(patients, times)];
            (long yes, long no) = called[^1];
            return yes == 0 || no == 0 ? null : [.. places.Select(place => at(called, yes, no, place))];
        }

        double[] value = Values(once)!;
        double[][] draws = [.. Draws().Select(Values).OfType<double[]>()];
        return [.. places.Select((place, i) =>
        {
            (double low, double high) = Quantiles.Middle([.. draws.Select(draw => draw[i])], Confidence);
            return new BandPoint(place, value[i], low, high);
        })];
    }

    // How often each patient was drawn; the array is used again for the next draw.
    private IEnumerable<int[]> Draws()
    {
        Random random = CxrLab.Seed.Random(Seed, Resamples, patientCount);
        var times = new int[patientCount];
        for (int i = 0; i < Resamples; i++)
        {
            Array.Clear(times);
            for (int k = 0; k < patientCount; k++) times[random.Next(patientCount)]++;
            yield return times;
        }
    }

    private void CheckLength(int length)
    {
        if (length != patientOf.Length) throw new ArgumentException($"{length} scores don't fit the {patientOf.Length} images whose patients were given.", nameof(length));
    }
}
