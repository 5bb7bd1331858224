namespace CxrLab.Metrics;

/// <summary>
/// Cases sorted once by score. A bootstrap resample is then only a set of weights, so a thousand resamples cost a thousand passes
/// and no sorting.
/// </summary>
internal sealed class Ranking
{
    private readonly int[] order;     // by falling score
    private readonly int[] groupEnd;  // ends of runs of equal scores within the order
    private readonly bool[] positive;

    internal Ranking(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        if (scores.Length != positive.Length) throw new ArgumentException($"{scores.Length} scores don't fit {positive.Length} truths.", nameof(positive));
        double[] keys = scores.ToArray();
        int broken = Array.FindIndex(keys, double.IsNaN);
        if (broken >= 0) throw new ArgumentException($"Score {broken} is NaN; a model that gives NaN can't be ranked.", nameof(scores));
        this.positive = positive.ToArray();
        order = [.. Enumerable.Range(0, keys.Length)];
        double[] sorted = keys;
        Array.Sort(sorted, order);
        Array.Reverse(sorted);
        Array.Reverse(order);
        groupEnd = [.. Enumerable.Range(1, keys.Length).Where(i => i == keys.Length || sorted[i] != sorted[i - 1])];
    }

    /// <summary>AUROC with a weight per case (null: all 1).</summary>
    internal double Auroc(int[]? weights)
    {
        double positives = 0, negatives = 0, wins = 0;
        int at = 0;
        foreach (int end in groupEnd)
        {
            (double tiedPositives, double tiedNegatives) = Group(weights, ref at, end);
            // From high to low: every negative of this group loses to the positives above and draws with those beside it.
            wins += tiedNegatives * (positives + tiedPositives / 2);
            positives += tiedPositives;
            negatives += tiedNegatives;
        }

        return positives > 0 && negatives > 0 ? wins / (positives * negatives) : double.NaN;
    }

    /// <summary>Average precision: the sum of precision times the gain in recall over the distinct thresholds.</summary>
    internal double AveragePrecision(int[]? weights)
    {
        double positives = 0, seen = 0, sum = 0;
        int at = 0;
        foreach (int end in groupEnd)
        {
            (double tiedPositives, double tiedNegatives) = Group(weights, ref at, end);
            positives += tiedPositives;
            seen += tiedPositives + tiedNegatives;
            if (tiedPositives > 0) sum += tiedPositives * positives / seen;
        }

        return positives > 0 ? sum / positives : double.NaN;
    }

    /// <summary>Points of the ROC curve from (0, 0) to (1, 1), one per distinct threshold.</summary>
    internal IEnumerable<(double FalsePositiveRate, double TruePositiveRate)> Curve()
    {
        double allPositives = positive.Count(value => value), allNegatives = positive.Length - allPositives, positives = 0, negatives = 0;
        yield return (0, 0);
        int at = 0;
        foreach (int end in groupEnd)
        {
            (double tiedPositives, double tiedNegatives) = Group(null, ref at, end);
            positives += tiedPositives;
            negatives += tiedNegatives;
            yield return (negatives / allNegatives, positives / allPositives);
        }
    }

    private (double Positives, double Negatives) Group(int[]? weights, ref int at, int end)
    {
        double positives = 0, negatives = 0;
        for (; at < end; at++)
        {
            int i = order[at], weight = weights is null ? 1 : weights[i];
            if (positive[i]) positives += weight;
            else negatives += weight;
        }

        return (positives, negatives);
    }
}
