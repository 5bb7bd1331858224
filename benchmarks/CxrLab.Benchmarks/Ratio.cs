using System.Diagnostics;
using System.Globalization;

namespace CxrLab.Benchmarks;

/// <summary>
/// Two ways to the same result, run in turn within one process, so that whatever else the machine does hits both. What counts is the
/// median ratio of neighbours; processor time is beside it, because on a busy machine it is the steadier of the two.
/// </summary>
internal static class Ratio
{
    internal static readonly IReadOnlyDictionary<string, Action> All = new Dictionary<string, Action>(StringComparer.Ordinal)
    {
        ["densenet"] = DenseNetStep.Run,
        ["folding"] = Folding.Run,
    };

    /// <summary>Prints one line: seconds of both and the ratio second / first with the quartiles of the rounds.</summary>
    internal static void Compare(string name, Action first, Action second, int rounds)
    {
        first();
        second();
        var wall = new List<(double First, double Second)>();
        var processor = new List<(double First, double Second)>();
        for (int i = 0; i < rounds; i++)
        {
            // A B, B A, A B, …: a machine that slows down favours neither.
            bool swap = i % 2 == 1;
            (double Wall, double Processor) a = Time(swap ? second : first), b = Time(swap ? first : second);
            (a, b) = swap ? (b, a) : (a, b);
            wall.Add((a.Wall, b.Wall));
            processor.Add((a.Processor, b.Processor));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44} {Quantile(wall.Select(pair => pair.First), 0.5),7:F3} s {Quantile(wall.Select(pair => pair.Second), 0.5),7:F3} s   wall × {Spread(wall)}   processor × {Spread(processor)}"));
    }

    private static (double Wall, double Processor) Time(Action action)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        action();
        double wall = clock.Elapsed.TotalSeconds;
        process.Refresh();
        return (wall, (process.TotalProcessorTime - before).TotalSeconds);
    }

    private static string Spread(List<(double First, double Second)> pairs)
    {
        double[] ratios = [.. pairs.Select(pair => pair.Second / pair.First)];
        return string.Create(CultureInfo.InvariantCulture, $"{Quantile(ratios, 0.5):F3} ({Quantile(ratios, 0.25):F3}–{Quantile(ratios, 0.75):F3})");
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        return sorted[below] + ((at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]));
    }
}
