namespace CxrLab.Metrics;

/// <summary>
/// Intervals and a paired test for AUROC without resampling (DeLong, DeLong and Clarke-Pearson, Biometrics 1988), by midranks (Sun and Xu,
/// IEEE Signal Processing Letters 2014). Every case counts as independent: where patients have several images, prefer
/// <see cref="PatientBootstrap"/>, whose intervals are wider and honest.
/// </summary>
public static class DeLong
{
    /// <param name="scores">Higher means more likely positive.</param>
    /// <param name="positive">The truth, of the same length, with at least two of each kind.</param>
    /// <param name="confidence">Coverage, in (0, 1).</param>
    /// <exception cref="ArgumentException">Lengths differ, a score is NaN, or a kind has fewer than two cases.</exception>
    public static DeLongInterval Interval(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, double confidence = 0.95)
    {
        double reach = Reach(confidence);
        Components one = Components.Of(scores, positive);
        double error = Math.Sqrt(Variance(one, one));
        return new DeLongInterval(one.Auroc, error, Math.Max(0, one.Auroc - (reach * error)), Math.Min(1, one.Auroc + (reach * error)));
    }

    /// <summary>Two models on the same cases: the difference of their AUROCs and the two-sided p-value that it is zero.</summary>
    /// <param name="first">Scores of one model.</param>
    /// <param name="second">Scores of the other on the same cases.</param>
    /// <param name="positive">The truth.</param>
    /// <param name="confidence">Coverage, in (0, 1).</param>
    /// <exception cref="ArgumentException">As for <see cref="Interval"/>.</exception>
    public static DeLongTest Compare(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<bool> positive, double confidence = 0.95)
    {
        double reach = Reach(confidence);
        Components one = Components.Of(first, positive), other = Components.Of(second, positive);
        double difference = one.Auroc - other.Auroc, variance = Variance(one, one) + Variance(other, other) - (2 * Variance(one, other));
        double error = Math.Sqrt(Math.Max(0, variance));
        // Models that order all pairs alike differ by exactly nothing.
        double p = error > 0 ? MathNet.Numerics.SpecialFunctions.Erfc(Math.Abs(difference) / error / Math.Sqrt(2)) : difference == 0 ? 1 : 0;
        return new DeLongTest(difference, error, difference - (reach * error), difference + (reach * error), p);
    }

    private static double Reach(double confidence) => confidence is > 0 and < 1
        ? MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + confidence) / 2)
        : throw new ArgumentOutOfRangeException(nameof(confidence), $"The confidence must lie between 0 and 1; got {confidence}.");

    private static double Variance(Components a, Components b) => Covariance(a.OfPositives, b.OfPositives) / a.OfPositives.Length + Covariance(a.OfNegatives, b.OfNegatives) / a.OfNegatives.Length;

    private static double Covariance(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average(), sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
        return sum / (a.Length - 1);
    }

    /// <summary>Structural components: of each positive, the share of negatives below it; of each negative, the share of positives above it.</summary>
    private sealed record Components(double Auroc, double[] OfPositives, double[] OfNegatives)
    {
        internal static Components Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
        {
            if (scores.Length != positive.Length) throw new ArgumentException($"{scores.Length} scores don't fit {positive.Length} truths.", nameof(positive));
            List<double> yes = [], no = [];
            for (int i = 0; i < scores.Length; i++)
            {
                if (double.IsNaN(scores[i])) throw new ArgumentException($"Score {i} is NaN; a model that gives NaN can't be ranked.", nameof(scores));
                (positive[i] ? yes : no).Add(scores[i]);
            }

            if (yes.Count < 2 || no.Count < 2) throw new ArgumentException($"DeLong's variance needs two positives and two negatives; there are {yes.Count} and {no.Count}.", nameof(positive));
            double[] all = Midranks([.. yes, .. no]), within = Midranks([.. yes]), among = Midranks([.. no]);
            double[] above = [.. yes.Select((_, i) => (all[i] - within[i]) / no.Count)];
            double[] below = [.. no.Select((_, j) => 1 - (all[yes.Count + j] - among[j]) / yes.Count)];
            return new Components(above.Average(), above, below);
        }

        // Ranks from 1; ties share the mean of their ranks.
        private static double[] Midranks(double[] values)
        {
            int[] order = [.. Enumerable.Range(0, values.Length)];
            double[] sorted = [.. values];
            Array.Sort(sorted, order);
            var ranks = new double[values.Length];
            for (int start = 0, end; start < sorted.Length; start = end)
            {
                for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++) { }
                for (int i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2.0;
            }

            return ranks;
        }
    }
}

/// <summary>An AUROC with DeLong's interval.</summary>
/// <param name="Value">AUROC.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Low">Lower end, cut at 0.</param>
/// <param name="High">Upper end, cut at 1.</param>
public sealed record DeLongInterval(double Value, double StandardError, double Low, double High);

/// <summary>Two AUROCs on the same cases.</summary>
/// <param name="Difference">First minus second.</param>
/// <param name="StandardError">Of the difference.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="P">Two-sided p-value of no difference.</param>
public sealed record DeLongTest(double Difference, double StandardError, double Low, double High, double P);
