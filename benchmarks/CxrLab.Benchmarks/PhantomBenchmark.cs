using BenchmarkDotNet.Attributes;
using CxrLab.Phantom;

namespace CxrLab.Benchmarks;

/// <summary>
/// Drawing phantom chests on one core; the aim is 40 images a second at 128 pixels and 4 at 512. The axial scan of 30 slices stands beside
/// them.
/// </summary>
public class PhantomBenchmark
{
    private const int Images = 16;
    private IReadOnlyList<PhantomCase> cases = [];

    [Params(128, 512)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Draw() => cases = PhantomCohort.Draw(new PhantomOptions { Count = Images, Seed = 9 });

    [Benchmark(Baseline = true, OperationsPerInvoke = Images)]
    public double Frontal() => cases.Sum(one => ChestPhantom.Render(one, Size).CardiothoracicRatio);

    [Benchmark(OperationsPerInvoke = Images)]
    public double Lateral() => cases.Sum(one => ChestPhantom.Render(one with { View = View.Lateral }, Size).MmPerPixel);

    [Benchmark(OperationsPerInvoke = 30)]
    public double Slice() => ChestSlices.Render(cases[0] with { Findings = [] }, Size, slices: 30).SpacingMm;
}
