using System.Diagnostics;
using CxrLab.Losses;
using CxrLab.Models;
using CxrLab.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

/// <summary>
/// Resident memory over up to 500 whole training steps, with the library's own AdamW, alone in the process: native leaks don't show in TorchSharp's own statistics. A large
/// network stops after some seconds; <c>CXRLAB_ALL_STEPS=1</c> lets every one make all 500.
/// </summary>
[Collection(nameof(GlobalGenerator))]
[Trait("Speed", "slow")]
public class MemoryTests(ITestOutputHelper output)
{
    private const int WarmUp = 10, Steps = 500;
    private const double Limit = 20; // MB
    private static readonly TimeSpan Patience = Environment.GetEnvironmentVariable("CXRLAB_ALL_STEPS") == "1" ? TimeSpan.MaxValue : TimeSpan.FromSeconds(6);

    public static TheoryData<string> Names => [.. ModelCatalog.Names, .. ModelCatalog.VolumeNames, .. HeadCatalog.Names.Select(head => $"cxrnet {head}")];

    [Theory]
    [MemberData(nameof(Names))]
    public void TrainingStep_ManyTimes_KeepsTheMemory(string name)
    {
        string[] words = name.Split(' ');
        using CxrModel model = ModelCatalog.Create(words[0], new LabelSet("Mass", "Nodule"), head: words.ElementAtOrDefault(1));
        // The smallest input that survives all halvings; leaks are counted per step and don't depend on it.
        using Tensor images = model.Dimensions == 3 ? randn([2, 1, 8, 8, 8]) : randn(2, 1, 32, 32);
        using var targets = tensor(new float[,] { { 1, 0 }, { 0, 1 } });
        using var optimizer = new AdamW(model.parameters(), weightDecay: 1e-4);
        for (int i = 0; i < WarmUp; i++) Step();
        long tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        double growth = ProcessMemory.GrowthOf(Round, Limit);
        output.WriteLine($"{name}: {growth:F1} MB more");
        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(growth <= Limit, $"{name} grew in every round of steps, by {growth:F1} MB in the last.");

        void Round()
        {
            var clock = Stopwatch.StartNew();
            int steps = 0;
            for (; steps < Steps && (steps < 2 * WarmUp || clock.Elapsed < Patience); steps++) Step();
            output.WriteLine($"{steps} steps in {clock.Elapsed.TotalSeconds:F0} s");
        }

        void Step()
        {
            using var scope = NewDisposeScope();
            optimizer.ZeroGradients();
            new BinaryCrossEntropy().Compute(model.call(images), targets).backward();
            optimizer.Step(1e-4);
        }
    }
}
