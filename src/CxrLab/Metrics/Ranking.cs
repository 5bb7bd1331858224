namespace CxrLab.Metrics;

/// <summary>
/// Cases sorted once by score. A bootstrap resample is then only a set of weights, so a thousand resamples cost a thousand passes
/// and no sorting.
/// </summary>
internal sealed class Ranking
{
    private readonly int[] order;     // by falling score
    private readonly bool[] ranked;   // the truth in that order
    private readonly bool[] endsTie;  // whether the next case has another score

    internal Ranking(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        if (scores.Length != positive.Length) throw new ArgumentException($"{scores.Length} scores don't fit {positive.Length} truths.", nameof(positive));
        double[] sorted = scores.ToArray();
        int broken = Array.FindIndex(sorted, double.IsNaN);
        if (broken >= 0) throw new ArgumentException($"Score {broken} is NaN; a model that gives NaN can't be ranked.", nameof(scores));
        order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        Array.Reverse(sorted);
        Array.Reverse(order);
        bool[] truth = positive.ToArray();
        ranked = [.. order.Select(i => truth[i])];
        endsTie = [.. Enumerable.Range(1, sorted.Length).Select(i => i == sorted.Length || sorted[i] != sorted[i - 1])];
    }

    /// <summary>What belongs to each case, in the order of the ranking.</summary>
    internal T[] InOrder<T>(IReadOnlyList<T> values) => [.. order.Select(i => values[i])];

    /// <summary>AUROC with a weight per case, in the order given to the constructor (null: all 1).</summary>
    internal double Auroc(IReadOnlyList<double>? weights)
    {
        double[]? inOrder = weights is null ? null : InOrder(weights);
        double positives = 0, negatives = 0, tiedPositives = 0, tiedNegatives = 0, wins = 0;
        for (int i = 0; i < ranked.Length; i++)
        {
            double weight = inOrder is null ? 1 : inOrder[i];
            if (ranked[i]) tiedPositives += weight;
            else tiedNegatives += weight;
            if (!endsTie[i]) continue;
            // From high to low: every negative of this tie loses to the positives above and draws with those beside it.
            wins += tiedNegatives * (positives + tiedPositives / 2);
            positives += tiedPositives;
            negatives += tiedNegatives;
            tiedPositives = tiedNegatives = 0;
        }

        return positives > 0 && negatives > 0 ? wins / (positives * negatives) : double.NaN;
    }

    /// <summary>
    /// AUROC of a resample. Twice the wins are a whole number, so no rounding depends on the order, and integers are quicker.
    /// </summary>
    /// <param name="groupOf">The group (patient) of each case, <see cref="InOrder"/>.</param>
    /// <param name="times">How often each group was drawn.</param>
    internal double Auroc(ReadOnlySpan<int> groupOf, ReadOnlySpan<int> times)
    {
        long positives = 0, negatives = 0, tiedPositives = 0, tiedNegatives = 0, twiceWins = 0;
        ReadOnlySpan<bool> truth = ranked.AsSpan(0, groupOf.Length), ends = endsTie.AsSpan(0, groupOf.Length);
        for (int i = 0; i < groupOf.Length; i++)
        {
            long weight = times[groupOf[i]], yes = truth[i] ? weight : 0;
            tiedPositives += yes;
            tiedNegatives += weight - yes;
            if (!ends[i]) continue;
            twiceWins += tiedNegatives * (2 * positives + tiedPositives);
            positives += tiedPositives;
            negatives += tiedNegatives;
            tiedPositives = tiedNegatives = 0;
        }

        return positives > 0 && negatives > 0 ? twiceWins / (2.0 * positives * negatives) : double.NaN;
    }

    /// <summary>Positives and negatives called so far at each distinct threshold, from the highest, in a resample.</summary>
    internal IEnumerable<(long Positives, long Negatives)> Called(int[] groupOf, int[] times)
    {
        long positives = 0, negatives = 0;
        for (int i = 0; i < ranked.Length; i++)
        {
            if (ranked[i]) positives += times[groupOf[i]];
            else negatives += times[groupOf[i]];
            if (endsTie[i]) yield return (positives, negatives);
        }
    }

    /// <summary>Average precision: the sum of precision times the gain in recall over the distinct thresholds.</summary>
    internal double AveragePrecision()
    {
        double positives = 0, tied = 0, sum = 0;
        for (int i = 0; i < ranked.Length; i++)
        {
            if (ranked[i]) tied++;
            if (!endsTie[i]) continue;
            positives += tied;
            if (tied > 0) sum += tied * positives / (i + 1);
            tied = 0;
        }

        return positives > 0 ? sum / positives : double.NaN;
    }

    /// <summary>Cases called positive so far, by kind, at each distinct threshold from the highest; <c>Last</c> is the position of its last case.</summary>
    internal IEnumerable<(int Positives, int Negatives, int Last)> Thresholds()
    {
        int positives = 0;
        for (int i = 0; i < ranked.Length; i++)
        {
            if (ranked[i]) positives++;
            if (endsTie[i]) yield return (positives, i + 1 - positives, i);
        }
    }

    /// <summary>Points of the ROC curve from (0, 0) to (1, 1), one per distinct threshold.</summary>
    internal IEnumerable<(double FalsePositiveRate, double TruePositiveRate)> Curve()
    {
        double allPositives = ranked.Count(value => value), allNegatives = ranked.Length - allPositives;
        yield return (0, 0);
        foreach ((int positives, int negatives, _) in Thresholds()) yield return (negatives / allNegatives, positives / allPositives);
    }
}
