using BenchmarkDotNet.Attributes;
using CxrLab.Reports;

namespace CxrLab.Benchmarks;

/// <summary>
/// Labelling one report on one core, beside finding its sections only; the aim is 3,000 reports a second, 333 µs each. The
/// reports are the invented ones of <c>data/samples/reports</c>.
/// </summary>
[MemoryDiagnoser]
public class ReportLabelBenchmark
{
    private const int Reports = 130;

    private readonly ReportLabeler nih = new(LabelScheme.Nih), cheXpert = new(LabelScheme.CheXpert);
    private Report[] reports = [];

    [GlobalSetup]
    public void ReadReports()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CxrLab.sln"))) folder = folder.Parent;
        using var table = new ReportTable(Path.Combine(folder!.FullName, "data", "samples", "reports", "practice.csv"));
        reports = [.. table.Read().Take(Reports)];
        if (reports.Length != Reports) throw new InvalidDataException($"practice.csv holds {reports.Length} reports; this benchmark counts on {Reports}.");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Reports)]
    public int FindingsAndImpressionOnly()
    {
        int read = 0;
        foreach (Report report in reports) read += report.FindingsAndImpression().Count;
        return read;
    }

    [Benchmark(OperationsPerInvoke = Reports)]
    public int LabelNih()
    {
        int mentions = 0;
        foreach (Report report in reports) mentions += nih.Label(report).Mentions.Count;
        return mentions;
    }

    [Benchmark(OperationsPerInvoke = Reports)]
    public int LabelCheXpert()
    {
        int mentions = 0;
        foreach (Report report in reports) mentions += cheXpert.Label(report).Mentions.Count;
        return mentions;
    }
}
