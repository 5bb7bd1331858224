using BenchmarkDotNet.Attributes;
using CxrLab.Metrics;

namespace CxrLab.Benchmarks;

/// <summary>
/// AUROC of 14 labels with 1,000 patient bootstraps on as many images and patients as NIH's official test part; the aim is 3 s on two cores. The
/// naive way sorts every resample anew; it is run with a fiftieth of the resamples and stands as the time of one resample of one label.
/// </summary>
public class AurocBootstrapBenchmark
{
    private const int Labels = 14, Images = 25_596, Patients = 2_797, Resamples = 1_000, NaiveResamples = 20;

    private readonly double[][] scores = new double[Labels][];
    private readonly bool[][] truth = new bool[Labels][];
    private string[] patients = [];
    private int[][] imagesOf = [];

    [GlobalSetup]
    public void Draw()
    {
        Random random = Seed.Random(1);
        patients = [.. Enumerable.Range(0, Images).Select(_ => $"{random.Next(Patients)}")];
        imagesOf = [.. Enumerable.Range(0, Images).GroupBy(i => patients[i]).Select(group => group.ToArray())];
        for (int k = 0; k < Labels; k++)
        {
            truth[k] = [.. Enumerable.Range(0, Images).Select(_ => random.NextDouble() < 0.1)];
            scores[k] = [.. truth[k].Select(positive => random.NextGaussian() + (positive ? 1 : 0))];
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = NaiveResamples)]
    public double SortEveryResample()
    {
        Random random = Seed.Random(2);
        double sum = 0;
        for (int i = 0; i < NaiveResamples; i++)
        {
            int[] drawn = [.. Enumerable.Range(0, imagesOf.Length).SelectMany(_ => imagesOf[random.Next(imagesOf.Length)])];
            sum += Auroc.Compute([.. drawn.Select(image => scores[0][image])], [.. drawn.Select(image => truth[0][image])]);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Labels * Resamples)]
    public double SortOnce()
    {
        var found = new Score[Labels];
        Parallel.For(0, Labels, k => found[k] = new PatientBootstrap(patients, Resamples, seed: k).Auroc(scores[k], truth[k]));
        return found.Sum(score => score.High - score.Low);
    }
}
