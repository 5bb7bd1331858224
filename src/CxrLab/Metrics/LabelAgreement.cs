using System.Globalization;

namespace CxrLab.Metrics;

/// <summary>
/// Precision, recall and F1 of yes-or-no labels against reference labels, with percentile intervals from resampled cases; per
/// label, pooled over labels (micro) and as the mean over labels that occur (macro).
/// </summary>
public sealed class LabelAgreement
{
    private LabelAgreement(IReadOnlyList<LabelScore> labels, LabelScore micro, double macroF1) => (Labels, Micro, MacroF1) = (labels, micro, macroF1);

    /// <summary>One row per label.</summary>
    public IReadOnlyList<LabelScore> Labels { get; }

    /// <summary>All labels pooled.</summary>
    public LabelScore Micro { get; }

    /// <summary>Mean F1 over the labels that the reference or the prediction holds.</summary>
    public double MacroF1 { get; }

    /// <summary>Compares labels.</summary>
    /// <param name="names">One name per label.</param>
    /// <param name="predicted">[cases][labels].</param>
    /// <param name="truth">[cases][labels].</param>
    /// <param name="resamples">Number of resamples of the cases, at least 100.</param>
    /// <param name="seed">Same seed, same intervals.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static LabelAgreement Compute(IReadOnlyList<string> names, IReadOnlyList<bool[]> predicted, IReadOnlyList<bool[]> truth, int resamples = 1000, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (predicted.Count != truth.Count) throw new ArgumentException($"{predicted.Count} predicted cases don't fit {truth.Count} true ones.", nameof(truth));
        if (predicted.Concat(truth).Any(row => row.Length != names.Count)) throw new ArgumentException($"Every case needs {names.Count} labels.", nameof(predicted));
        int labels = names.Count;
        Counts[] all = Count(predicted, truth, labels, null);
        var draws = new List<Counts[]>(resamples);
        Random random = CxrLab.Seed.Random(seed, resamples, predicted.Count);
        var times = new int[predicted.Count];
        for (int i = 0; i < resamples && predicted.Count > 0; i++)
        {
            Array.Clear(times);
            for (int k = 0; k < times.Length; k++) times[random.Next(times.Length)]++;
            draws.Add(Count(predicted, truth, labels, times));
        }

        LabelScore[] rows = [.. names.Select((name, k) => LabelScore.Of(name, all[k], [.. draws.Select(draw => draw[k])], predicted.Count))];
        LabelScore micro = LabelScore.Of("micro", Counts.Sum(all), [.. draws.Select(draw => Counts.Sum(draw))], predicted.Count * labels);
        double[] known = [.. rows.Select(row => row.F1).Where(double.IsFinite)];
        return new LabelAgreement(rows, micro, known.Length == 0 ? double.NaN : known.Average());
    }

    private static Counts[] Count(IReadOnlyList<bool[]> predicted, IReadOnlyList<bool[]> truth, int labels, int[]? times)
    {
        var counts = new Counts[labels];
        for (int i = 0; i < predicted.Count; i++)
        {
            int weight = times?[i] ?? 1;
            if (weight == 0) continue;
            for (int k = 0; k < labels; k++)
            {
                if (predicted[i][k] && truth[i][k]) counts[k].Hits += weight;
                else if (predicted[i][k]) counts[k].FalseAlarms += weight;
                else if (truth[i][k]) counts[k].Misses += weight;
            }
        }

        return counts;
    }
}

/// <summary>Precision, recall and F1 of one label; NaN where nothing is there to count.</summary>
/// <param name="Name">The label.</param>
/// <param name="Positives">True cases.</param>
/// <param name="Precision">Share of the calls that are right.</param>
/// <param name="Recall">Share of the true cases that are called.</param>
/// <param name="F1">Their harmonic mean.</param>
/// <param name="Low">Lower end of F1's 95 % interval.</param>
/// <param name="High">Upper end of F1's 95 % interval.</param>
/// <param name="BlindF1">F1 of calling every case positive without reading it.</param>
public sealed record LabelScore(string Name, int Positives, double Precision, double Recall, double F1, double Low, double High, double BlindF1)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: precision {Precision:F3}, recall {Recall:F3}, F1 {F1:F3} [{Low:F3}, {High:F3}] ({Positives} positives; calling all positive gives {BlindF1:F3})");

    internal static LabelScore Of(string name, Counts counts, IReadOnlyList<Counts> draws, int cases)
    {
        double[] sorted = [.. draws.Select(draw => draw.F1).Where(double.IsFinite).Order()];
        double At(double share) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Round(share * (sorted.Length - 1))];
        int positives = counts.Hits + counts.Misses;
        return new LabelScore(name, positives, Ratio(counts.Hits, counts.Hits + counts.FalseAlarms), Ratio(counts.Hits, positives), counts.F1, At(0.025), At(0.975),
            positives == 0 ? double.NaN : 2.0 * positives / (positives + cases));
    }

    private static double Ratio(int part, int whole) => whole == 0 ? double.NaN : (double)part / whole;
}

/// <summary>Hits, false alarms and misses.</summary>
internal record struct Counts(int Hits, int FalseAlarms, int Misses)
{
    internal readonly double F1 => Hits + FalseAlarms + Misses == 0 ? double.NaN : 2.0 * Hits / (2 * Hits + FalseAlarms + Misses);

    internal static Counts Sum(IEnumerable<Counts> counts)
    {
        Counts sum = default;
        foreach (Counts one in counts) sum = new(sum.Hits + one.Hits, sum.FalseAlarms + one.FalseAlarms, sum.Misses + one.Misses);
        return sum;
    }
}
