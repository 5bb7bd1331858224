namespace CxrLab.Metrics;

/// <summary>
/// The protocol of CheXNet (Rajpurkar et al., arXiv 1711.05225): every radiologist is scored by F1 against each of the others in turn as the
/// truth, and averaged; the model is scored against each radiologist, and averaged. Intervals come from resampled images. The model meets
/// one opinion more than each radiologist does.
/// </summary>
public static class RadiologistF1
{
    /// <param name="readers">[readers][cases], at least two readers.</param>
    /// <param name="model">[cases], at the model's threshold.</param>
    /// <param name="resamples">At least 100.</param>
    /// <param name="seed">Same seed, same interval.</param>
    /// <exception cref="ArgumentException">There are fewer than two readers, or lengths differ.</exception>
    public static RadiologistComparison Compute(IReadOnlyList<bool[]> readers, bool[] model, int resamples = 1000, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (readers.Count < 2 || readers.Any(reader => reader.Length != model.Length) || model.Length == 0)
            throw new ArgumentException($"At least two readers are needed, each with the model's {model.Length} cases; got [{string.Join(", ", readers.Select(reader => reader.Length))}].", nameof(readers));
        var times = new int[model.Length];
        Array.Fill(times, 1);
        double[] single = Scores(readers, model, times);
        var draws = new List<double[]>(resamples);
        Random random = Seed.Random(seed, resamples, model.Length);
        for (int i = 0; i < resamples; i++)
        {
            Array.Clear(times);
            for (int k = 0; k < times.Length; k++) times[random.Next(times.Length)]++;
            draws.Add(Scores(readers, model, times));
        }

        double Mean(double[] scores) => scores[..^1].Average();
        return new RadiologistComparison(
            single[..^1], Interval(Mean(single), draws.Select(Mean)), Interval(single[^1], draws.Select(scores => scores[^1])), Interval(single[^1] - Mean(single), draws.Select(scores => scores[^1] - Mean(scores))));
    }

    // Each reader's mean F1, then the model's.
    private static double[] Scores(IReadOnlyList<bool[]> readers, bool[] model, int[] times) =>
    [
        .. readers.Select((reader, i) => readers.Where((_, other) => other != i).Average(truth => F(reader, truth, times))),
        readers.Average(truth => F(model, truth, times)),
    ];

    private static double F(bool[] called, bool[] truth, int[] times)
    {
        int hits = 0, wrong = 0;
        for (int i = 0; i < called.Length; i++)
        {
            if (called[i] && truth[i]) hits += times[i];
            else if (called[i] != truth[i]) wrong += times[i];
        }

        return hits + wrong == 0 ? 0 : 2.0 * hits / ((2 * hits) + wrong);
    }

    private static (double Value, double Low, double High) Interval(double value, IEnumerable<double> draws)
    {
        (double low, double high) = Quantiles.Middle([.. draws], 0.95);
        return (value, low, high);
    }
}

/// <summary>Readers and model by mean F1.</summary>
/// <param name="Readers">One per reader.</param>
/// <param name="ReaderMean">Their mean with its 95 % interval.</param>
/// <param name="Model">The model's.</param>
/// <param name="Difference">Model minus reader mean, on the same resamples.</param>
public sealed record RadiologistComparison(IReadOnlyList<double> Readers, (double Value, double Low, double High) ReaderMean, (double Value, double Low, double High) Model, (double Value, double Low, double High) Difference);
